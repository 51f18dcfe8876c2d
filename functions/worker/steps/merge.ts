import type { Step } from "../job.ts";
import { workerDatabase } from "../worker_database.ts";

/** Finds superseded rows and makes the batches; all of it in one transaction. */
export async function plan({ job, message_id }: Step): Promise<void> {
  await workerDatabase()`select app.plan_merge(${job.id}, ${message_id}::bigint)`;
}

/** Merges one batch; all of it in one transaction. */
export async function merge({ job, message_id }: Step): Promise<void> {
  await workerDatabase()`select app.merge_next_batch(${job.id}, ${message_id}::bigint)`;
}

/** Removes what a canceled job put aside. */
export async function cleanUp({ job, message_id }: Step): Promise<void> {
  await workerDatabase()`select app.clean_up_job(${job.id}, ${message_id}::bigint)`;
}
