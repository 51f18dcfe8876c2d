/** Asks each deployed function how it is, until it is healthy or time is over. */
import { setTimeout as delay } from "node:timers/promises";

/** What was found: null where the function is healthy, else what is wrong. */
export type Health = { name: string; fault: string | null };

/** The functions below `url` (`https://REF.supabase.co`); a new deployment may take some seconds to answer. */
export function checkHealth(url: string, names: string[], seconds: number): Promise<Health[]> {
  const end = performance.now() + seconds * 1000;
  return Promise.all(names.map(async (name) => {
    for (let wait = 500;; wait *= 2) {
      const fault = await faultOf(`${url}/functions/v1/${name}/health`);
      if (fault === null || performance.now() + wait > end) return { name, fault };
      await delay(wait);
    }
  }));
}

async function faultOf(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    if (response.ok && JSON.parse(text).status === "healthy") return null;
    return `${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
