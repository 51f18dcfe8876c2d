import pg from "pg";
import { openDatabase, type Sql } from "../_shared/database.ts";
import { settings } from "../_shared/settings.ts";

/** Longest statement of a step: a batch of a merge, the plan of a large job. */
export const stepStatementMs = 120_000;

let pool: Sql | undefined;

/** The worker's own pool: like the api's, but its statements may take as long as a step. */
export function workerDatabase(): Sql {
  return pool ??= openDatabase({
    ...settings(),
    ODYSSEY_DB_STATEMENT_TIMEOUT_MS: stepStatementMs,
    ODYSSEY_DB_POOL_SIZE: 4,
  });
}

/** A connection for COPY, which the pool's driver cannot do safely: it hangs when the last data sent is refused. */
export async function withCopyConnection<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: settings().SUPABASE_DB_URL,
    application_name: "odyssey-worker",
    connectionTimeoutMillis: settings().ODYSSEY_DB_CONNECT_TIMEOUT_SECONDS * 1000,
  });
  // A connection that breaks between two queries is noticed by the next of them.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(`set statement_timeout = ${stepStatementMs}`);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
