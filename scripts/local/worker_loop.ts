/**
 * Calls the function `worker` as pg_cron and pg_net do on the hosted platform. Stands for that schedule; leaves out
 * its coarse rhythm: here idle means a third of a second, and a stored object ends it.
 */
import { setTimeout as delay } from "node:timers/promises";

export type WorkerLoopOptions = {
  url: string;
  secretKey: string;
  /** Told once when the worker stops answering, and once when it answers again. */
  log: (line: string) => void;
  idleMs?: number;
};

/** The running loops. */
export type WorkerLoop = {
  /** Looks for work now, if it rests. */
  wake(): void;
  stop(): Promise<void>;
};

/** One loop looks for work all the time; the second joins it at once while there is more. */
export function startWorkerLoop({ url, secretKey, log, idleMs = 300 }: WorkerLoopOptions): WorkerLoop {
  const stopping = new AbortController();
  /** Loops that found nothing. A step that ran wakes them: it may have queued more than one. */
  const resting = new Set<AbortController>();
  let stepsRun = 0;
  let firstWorks = false;
  let failing = false;

  /** One bounded step; true when more work waits. */
  async function step(): Promise<boolean> {
    const response = await fetch(url, { method: "POST", headers: { apikey: secretKey }, signal: stopping.signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return JSON.parse(text).more === true;
  }

  async function stepSafely(): Promise<boolean> {
    try {
      const more = await step();
      if (failing) log("the worker answers again");
      failing = false;
      return more;
    } catch (error) {
      if (!failing && !stopping.signal.aborted) {
        log(`the worker fails: ${error instanceof Error ? error.message : error}`);
      }
      failing = true;
      return false;
    }
  }

  /** Steps while there are some, then rests; the second loop looks only while the first one works, or it does. */
  async function loop(isFirst: boolean) {
    let ran = false;
    while (!stopping.signal.aborted) {
      const before = stepsRun;
      ran = (isFirst || firstWorks || ran) && await stepSafely();
      if (isFirst) firstWorks = ran;
      if (ran) {
        stepsRun += 1;
        wakeAll();
      } else if (stepsRun === before) await rest(failing ? 1000 : idleMs);
    }
  }

  async function rest(ms: number) {
    if (stopping.signal.aborted) return;
    const waking = new AbortController();
    resting.add(waking);
    await delay(ms, undefined, { signal: waking.signal }).catch(() => {});
    resting.delete(waking);
  }

  const wakeAll = () => resting.forEach((waking) => waking.abort());

  const loops = [loop(true), loop(false)];
  return {
    wake: wakeAll,
    async stop() {
      stopping.abort();
      wakeAll();
      await Promise.all(loops);
    },
  };
}
