import { isTransient } from "./http/errors.ts";

export interface RetryOptions {
  attempts?: number;
  /** Milliseconds before the second attempt; each further wait is twice as long, and random within its half. */
  wait?: number;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** Repeats work that failed for a passing reason of the database. Only for work that is undone when it fails. */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 3, wait = 50, sleep = pause } = options;
  for (let attempt = 1;; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      await sleep(wait * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
