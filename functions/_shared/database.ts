import postgres from "postgres";
import { callContext } from "./call_context.ts";
import { type Settings, settings } from "./settings.ts";

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** Who asks, in PostgREST's words: what `app.begin_request` returns and `request.jwt.claims` holds. */
export interface Claims {
  role: string;
  /** `users.id`; a service client has none. */
  sub?: string;
  /** Absent for service clients, and for a superadmin outside break-glass. */
  vendor_id?: string;
  /** A role in the vendor, `superadmin` or `client`. */
  app_role?: string;
  /** Absent for a client of the configured issuer. */
  appwrite_user_id?: string;
  [claim: string]: unknown;
}

let pool: Sql | undefined;

/** The pool of this process, opened at the first query. Queries run as the schema's owner: see `asCaller`. */
export function database(): Sql {
  return pool ??= openDatabase(settings());
}

/** Replaces the pool; `undefined` goes back to one made from the settings. For tests. */
export function useDatabase(other: Sql | undefined): void {
  pool = other;
}

/** Opens a pool; the caller ends it. */
export function openDatabase(values: Settings): Sql {
  return postgres(values.SUPABASE_DB_URL, {
    max: values.ODYSSEY_DB_POOL_SIZE,
    prepare: values.prepareStatements,
    connect_timeout: values.ODYSSEY_DB_CONNECT_TIMEOUT_SECONDS,
    idle_timeout: 60,
    // The default waits up to 20 s before it tries again; a request would hang that long after a short outage.
    backoff: () => 0.2,
    connection: {
      application_name: "odyssey",
      TimeZone: "UTC",
      // A transaction pooler refuses settings at connect; there the role's own setting holds.
      ...(values.prepareStatements ? { statement_timeout: values.ODYSSEY_DB_STATEMENT_TIMEOUT_MS } : {}),
    },
    onnotice: () => {},
  });
}

/** Ends the pool, so that a test or a script can finish. */
export async function closeDatabase(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.end({ timeout: 5 });
}

/**
 * Runs a query as the caller: role `authenticated` and their claims, in a transaction of its own, so that grants and
 * row level security decide as they would for a PostgREST client.
 *
 * @example
 * ```ts
 * const [row] = await asCaller(claims, (tx) => tx<{ job: string }[]>`select public.get_job(${id})::text as job`);
 * ```
 */
export async function asCaller<T extends readonly unknown[]>(
  claims: Claims,
  query: (tx: Transaction) => PromiseLike<T>,
  sql: Sql = database(),
): Promise<T> {
  const request = callContext(claims).request as postgres.JSONValue | undefined;
  const results = await sql.begin((tx) => [
    tx`select app.enter_request(${tx.json(claims as postgres.JSONValue)}, ${request ? tx.json(request) : null})`,
    query(tx),
  ]);
  return results[1] as unknown as T;
}
