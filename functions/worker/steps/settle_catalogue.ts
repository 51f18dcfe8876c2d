import type { Step } from "../job.ts";
import { workerDatabase } from "../worker_database.ts";

/** After a job that changed something: what keeps searches quick, for which nobody has to wait who waits for the job. */
export async function settleCatalogue({ job, message_id }: Step): Promise<void> {
  const sql = workerDatabase();
  // Side by side: each takes its time.
  await Promise.all([
    sql`select app.settle_catalogue(${job.id})`,
    sql`select app.count_job_words(${job.id})`,
  ]);
  await sql`select pgmq.delete('ingest', ${message_id}::bigint)`;
}
