import { runNextStep } from "./run_next_step.ts";

/** How long a woken worker begins new steps: about until the next one is woken (the schedule wake_worker_for_queue). */
const longestMs = 5000;

/** Runs step after step while there are some. A step begins within the given time and may end after it. */
export async function runSteps(next: () => Promise<number> = runNextStep, ms = longestMs): Promise<void> {
  const end = performance.now() + ms;
  while (await next() > 0 && performance.now() < end);
}
