/**
 * Calls the function `worker` as pg_cron and pg_net do on the hosted platform. Stands for that schedule; leaves out
 * its coarse rhythm: here idle means a third of a second.
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
export type WorkerLoop = { stop(): Promise<void> };

/** One loop looks for work all the time; the second joins it as long as there is more. */
export function startWorkerLoop({ url, secretKey, log, idleMs = 300 }: WorkerLoopOptions): WorkerLoop {
  const stopping = new AbortController();
  let busy = false;
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

  async function lead() {
    while (!stopping.signal.aborted) {
      busy = await stepSafely();
      if (!busy) await pause(failing ? 1000 : idleMs, stopping.signal);
    }
  }

  async function follow() {
    while (!stopping.signal.aborted) {
      if (!busy || !(await stepSafely())) await pause(idleMs, stopping.signal);
    }
  }

  const loops = [lead(), follow()];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
