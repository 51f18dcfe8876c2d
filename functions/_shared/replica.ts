import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from "cockatiel";
import { callContext, type ReadContext } from "./call_context.ts";
import { type Claims, openDatabase, type Sql } from "./database.ts";
import { toProblem } from "./http/errors.ts";
import { createLogger, type Logger } from "./logger.ts";
import { isPooler, type Settings, settings } from "./settings.ts";

/** Longest from the admission of a request to its last commit: what a hosted invocation may last. */
const longestRequestMs = 150_000;

/** A read replica of the database, behind what keeps requests from waiting for one that is away. */
export interface Replica {
  /** Runs one statement as the caller, and notes in `read` how fresh it was; `undefined` when the primary has to. */
  call(
    claims: Claims,
    statement: string,
    json: string,
    read: ReadContext,
  ): Promise<{ body: string; rows: number } | undefined>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  logger?: Logger;
  /** How long a replica that failed or lags is left alone before one request tries it again. */
  openMs?: number;
}

let known: Replica | null | undefined;

/** The replica that the settings name, connected to at the first read; `undefined` when they name none. */
export function replica(): Replica | undefined {
  return (known ??= settings().ODYSSEY_DB_REPLICA_URL ? createReplica(settings()) : null) ?? undefined;
}

/** Replaces the replica; `undefined` goes back to that of the settings. For tests. */
export function useReplica(other: Replica | undefined): void {
  known = other;
}

class StaleReplica extends Error {
  override name = "StaleReplica";
}

/** What the caller is to be told, such as a problem that the statement raised: no reason to leave the replica alone. */
class Refusal {
  constructor(readonly error: unknown) {}
}

/**
 * A replica behind a circuit: one that cannot be reached, does not answer in time or lags too far is left alone for a
 * moment, with one line in the log, and the primary answers instead.
 */
export function createReplica(
  values: Settings,
  { logger = createLogger("replica"), openMs = 2000 }: ReplicaOptions = {},
): Replica {
  const mostLagMs = values.ODYSSEY_DB_REPLICA_MAX_LAG_MS;
  const timeoutMs = values.ODYSSEY_DB_REPLICA_TIMEOUT_MS;
  const open = () => {
    const url = values.ODYSSEY_DB_REPLICA_URL!;
    return openDatabase({
      ...values,
      SUPABASE_DB_URL: url,
      ODYSSEY_DB_STATEMENT_TIMEOUT_MS: timeoutMs,
      prepareStatements: values.ODYSSEY_DB_PREPARE ? values.prepareStatements : !isPooler(url),
    });
  };
  let sql: Sql | undefined;
  const close = async (seconds: number) => {
    const old = sql;
    sql = undefined;
    await old?.end({ timeout: seconds });
  };

  const breaker = circuitBreaker(handleAll, { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(1) });
  breaker.onBreak((reason) => {
    if ("error" in reason) logger.error(null, reason.error);
    // Connections to a server that hangs would never come back; the next try makes new ones.
    close(0).catch(() => {});
  });
  const guard = wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));

  return {
    close: () => close(1),
    async call(claims, statement, json, read) {
      // While one request tries the replica again, the others do not wait for what becomes of it.
      if (breaker.state === CircuitState.HalfOpen) return undefined;
      const most = mustBeCurrent(read, mostLagMs) ? 0 : mostLagMs;
      const answer = await guard.execute(async () => {
        const row = await readAs(sql ??= open(), claims, statement, json, read, most).catch((error) => {
          if (toProblem(error).status < 500) return new Refusal(error);
          throw error;
        });
        if (!(row instanceof Refusal) && !(row.lag_ms !== null && row.lag_ms <= mostLagMs)) throw stale(row);
        return row;
      }).catch(() => undefined);
      if (answer instanceof Refusal) throw answer.error;
      if (!answer || answer.lag_ms! > most) return undefined;
      read.freshness = { source: "replica", lag_ms: answer.lag_ms!, as_of: answer.as_of! };
      return { body: answer.body ?? "null", rows: answer.row_count ?? 0 };
    },
  };
}

/** Whether the caller may have written something that a replica within its bound may not have yet. */
function mustBeCurrent({ position: { at, last_write_at } }: ReadContext, mostLagMs: number): boolean {
  return last_write_at !== null && Date.parse(at) - Date.parse(last_write_at) < mostLagMs + longestRequestMs;
}

interface ReadRow {
  as_of: string | null;
  lag_ms: number | null;
  body: string | null;
  row_count: number | null;
}

async function readAs(
  sql: Sql,
  claims: Claims,
  statement: string,
  json: string,
  { position: { lsn, at } }: ReadContext,
  mostLagMs: number,
): Promise<ReadRow> {
  const { request } = callContext(claims);
  const [row] = await sql<ReadRow[]>`
    select to_json(as_of) #>> '{}' as as_of, lag_ms, body, row_count from app.read_as(
      ${JSON.stringify(claims)}::text::jsonb, ${statement}, ${json}::text::jsonb,
      ${request ? JSON.stringify(request) : null}::text::jsonb, ${lsn}::pg_lsn, ${at}::timestamptz, ${mostLagMs}
    )`;
  if (!row) throw new Error("app.read_as returned no row");
  return row;
}

function stale({ lag_ms }: ReadRow): StaleReplica {
  return new StaleReplica(
    lag_ms === null ? "The server replays no log: it is no replica, or just started." : `It lags by ${lag_ms} ms.`,
  );
}
