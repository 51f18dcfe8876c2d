import { PgBoss } from "pg-boss";
import type postgres from "postgres";
import { doJob, makeJobs, type PeerJob } from "./peer_job.ts";
import type { System } from "./system.ts";

const queue = "deliver";

/** pg-boss with batches, woken by NOTIFY, and fetching without a pause while batches come full. */
export function pgBoss(sql: postgres.Sql, dbUrl: string): System {
  let sender: PgBoss | undefined;
  const open = async () => {
    const boss = new PgBoss({ connectionString: dbUrl, useListenNotify: true, schedule: false });
    boss.on("error", (error) => console.error(`pg-boss: ${error.message}`));
    await boss.start();
    return boss;
  };
  return {
    name: "pg-boss",
    async prepare() {
      sender ??= await open();
      await sender.createQueue(queue, { notify: true });
    },
    async enqueue(target, events) {
      const jobs = makeJobs(target, events);
      for (let at = 0; at < jobs.length; at += 1000) {
        await sender!.insert(queue, jobs.slice(at, at + 1000).map((data) => ({ data })));
      }
      return jobs.map(({ event_id }) => event_id);
    },
    async isBusy() {
      return (await sql`select from pgboss.job where name = ${queue} and state < 'completed' limit 1`).length > 0;
    },
    async work(concurrency) {
      const boss = await open();
      // Two batches in turns: one is fetched and completed while the other is sent.
      const localConcurrency = Math.min(2, concurrency);
      const batchSize = Math.ceil(concurrency / localConcurrency);
      const options = { batchSize, localConcurrency, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
      await boss.work<PeerJob>(queue, { ...options, perJobResults: true }, async (batch) => {
        const ended = await Promise.allSettled(batch.map(({ data }) => doJob(data)));
        return ended.map(({ status }, n) => ({
          id: batch[n]!.id,
          status: status === "fulfilled" ? "completed" as const : "failed" as const,
        }));
      });
      await new Promise(() => {});
    },
    async close() {
      await sender?.stop({ graceful: false });
    },
  };
}
