import type { Sql } from "../_shared/database.ts";
import { createLogger } from "../_shared/logger.ts";
import { workerDatabase } from "./worker_database.ts";

interface Chore {
  everyMs: number;
  /** Does a bounded piece of it; true when there may be more at once. */
  run(sql: Sql): Promise<boolean>;
}

const sealBatch = 1000;
const purgeBatch = 1000;

const chores: Chore[] = [
  { everyMs: 1000, run: async (sql) => await count(sql`select app.seal_audit_log(${sealBatch}) as n`) === sealBatch },
  {
    everyMs: 60_000,
    run: async (sql) => await count(sql`select app.purge_idempotency_keys(${purgeBatch}) as n`) === purgeBatch,
  },
  {
    everyMs: 600_000,
    run: async (sql) => await count(sql`select app.purge_rate_limits(${purgeBatch}) as n`) === purgeBatch,
  },
  {
    everyMs: 600_000,
    run: async (sql) => await count(sql`select app.purge_webhooks(${purgeBatch}) as n`) === purgeBatch,
  },
];

const dueAt = new Map<Chore, number>();
const logger = createLogger("worker");

/**
 * Does what is due: sealing the audit log, removing expired keys and buckets. Called before each step, so that a busy
 * worker does not put it off; what fails is tried again at its next time and stops no work.
 */
export async function keepHouse(now: number = performance.now()): Promise<void> {
  for (const chore of chores) {
    if ((dueAt.get(chore) ?? 0) > now) continue;
    // Taken before it runs: a second call at the same time finds it done.
    dueAt.set(chore, now + chore.everyMs);
    try {
      if (await chore.run(workerDatabase())) dueAt.set(chore, now);
    } catch (error) {
      logger.error(null, error);
    }
  }
}

async function count(query: PromiseLike<readonly Record<string, unknown>[]>): Promise<number> {
  return Number((await query)[0]?.n ?? 0);
}
