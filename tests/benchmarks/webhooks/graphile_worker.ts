import { run } from "graphile-worker";
import type postgres from "postgres";
import { doJob, makeJobs, type PeerJob } from "./peer_job.ts";
import type { System } from "./system.ts";

/** graphile-worker with the batching its documentation recommends: a local queue, and completions written together. */
export function graphileWorker(sql: postgres.Sql, dbUrl: string): System {
  const start = (concurrency: number) =>
    run({
      preset: {
        worker: {
          connectionString: dbUrl,
          concurrentJobs: concurrency,
          maxPoolSize: 10,
          localQueue: { size: concurrency + 1 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      taskList: { deliver: (job) => doJob(job as PeerJob) },
      noHandleSignals: true,
    });
  return {
    name: "graphile-worker",
    async prepare() {
      await (await start(1)).stop();
    },
    async enqueue(target, events) {
      const jobs = makeJobs(target, events);
      await sql`
        select count(*)
        from graphile_worker.add_jobs(
          array(
            select json_populate_record(
              null::graphile_worker.job_spec, json_build_object('identifier', 'deliver', 'payload', job)
            )
            from json_array_elements(${JSON.stringify(jobs)}::text::json) as job
          )
        )`;
      return jobs.map(({ event_id }) => event_id);
    },
    async isBusy() {
      return (await sql`select from graphile_worker.jobs limit 1`).length > 0;
    },
    async work(concurrency) {
      await (await start(concurrency)).promise;
    },
  };
}
