import { workerDatabase } from "./worker_database.ts";

/** How long a message stays hidden unless its worker says it is alive; so long a killed worker's step waits. */
export const leaseSeconds = 12;

/** Keeps a message of a queue hidden while `work` runs. */
export async function holdingLease<T>(queue: string, messageId: number, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    workerDatabase()`select from pgmq.set_vt(${queue}, ${messageId}::bigint, ${leaseSeconds}::int)`.catch(() => {});
  }, leaseSeconds * 250);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
