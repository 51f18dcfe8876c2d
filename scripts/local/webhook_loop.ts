/**
 * Calls the worker's webhook step without a pause, as pg_cron and pg_net do on the hosted platform; each call stays for
 * some seconds. Stands for that schedule; leaves out the gaps between its calls.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { WorkerLoop, WorkerLoopOptions } from "./worker_loop.ts";

const staySeconds = 20;

/** One loop; `url` is the worker's. */
export function startWebhookLoop({ url, secretKey, log }: WorkerLoopOptions): Pick<WorkerLoop, "stop"> {
  const stopping = new AbortController();
  let failing = false;

  async function run() {
    while (!stopping.signal.aborted) {
      try {
        const response = await fetch(`${url}/webhooks?seconds=${staySeconds}`, {
          method: "POST",
          headers: { apikey: secretKey },
          signal: stopping.signal,
        });
        await response.body?.cancel();
        if (!response.ok) throw new Error(`it answered ${response.status}`);
        if (failing) log("webhooks are delivered again");
        failing = false;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (!failing) log(`webhooks are not delivered: ${error instanceof Error ? error.message : error}`);
        failing = true;
        await delay(1000, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  const loop = run();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
