import { createLogger } from "../_shared/logger.ts";
import { removeExpiredFiles } from "./remove_expired_files.ts";
import { workerDatabase } from "./worker_database.ts";

/** How often this process looks for something due, and the most schedules it runs then. */
const lookEveryMs = 1000;
const mostRuns = 20;

/** So long Storage is left alone after it failed to remove files. */
const pauseMs = 60_000;

const logger = createLogger("worker");
let lookAt = 0;
let removeAt = 0;

/**
 * Runs the schedules that are due (`app.schedules`), each in a transaction of its own, and removes files past their
 * retention. Called before each step, so that a busy worker does not put it off; what fails is tried again at its next
 * time and stops no work. Where pg_cron runs the schedules, only their backlog is left for here.
 */
export async function keepHouse(now: number = performance.now()): Promise<void> {
  if (lookAt > now) return;
  // Taken before anything runs: a second call at the same time finds it done.
  lookAt = now + lookEveryMs;
  try {
    for (let runs = 0; runs < mostRuns && await runDueSchedule(); runs++);
    if (removeAt > now) return;
    removeAt = now + pauseMs;
    await removeExpiredFiles(workerDatabase());
    removeAt = 0;
  } catch (error) {
    logger.error(null, error);
  }
}

async function runDueSchedule(): Promise<boolean> {
  const [row] = await workerDatabase()<{ ran: number }[]>`select app.run_due_schedules(most => 1) as ran`;
  return row?.ran === 1;
}
