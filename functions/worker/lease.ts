import { workerDatabase } from "./worker_database.ts";

/** How long a message stays hidden unless its worker says it is alive; so long a killed worker's step waits. */
export const leaseSeconds = 12;

/** Keeps a message hidden while `work` runs. */
export async function holdingLease<T>(messageId: number, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    workerDatabase()`select from pgmq.set_vt('ingest', ${messageId}::bigint, ${leaseSeconds}::int)`.catch(() => {});
  }, leaseSeconds * 250);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
