import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from "cockatiel";
import { toLookupError } from "./errors.ts";

export type Circuit = "closed" | "open" | "half_open";

/** How patient the way to the database is; milliseconds. */
export interface Patience {
  /** One attempt. */
  attemptMs: number;
  /** Further attempts after the first. */
  retries: number;
  /** Before the second attempt; doubles, at random within its reach, up to `longestWaitMs`. */
  waitMs: number;
  longestWaitMs: number;
  /** Lookups that fail one after another, each with its retries, until the circuit opens. */
  failures: number;
  /** How long it stays open before one lookup may try again. */
  openMs: number;
}

export const usualPatience: Patience = {
  attemptMs: 1500,
  retries: 2,
  waitMs: 25,
  longestWaitMs: 250,
  failures: 3,
  openMs: 5000,
};

/** Stands between the lookups and the database. */
export interface Guard {
  execute<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  circuit(): Circuit;
}

const circuits: Record<CircuitState, Circuit> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Isolated]: "open",
};

/** Circuit breaker, then retries with backoff and jitter, then a time limit for each attempt. */
export function createGuard(patience: Patience, onCircuit: (circuit: Circuit) => void): Guard {
  // What the database itself answers is no reason to leave it alone.
  const failed = handleWhen((error) => ["database_unavailable", "timeout"].includes(toLookupError(error).code));
  const breaker = circuitBreaker(failed, {
    halfOpenAfter: patience.openMs,
    breaker: new ConsecutiveBreaker(patience.failures),
  });
  breaker.onStateChange((state) => onCircuit(circuits[state]));
  const policy = wrap(
    breaker,
    retry(failed, {
      maxAttempts: patience.retries,
      // Its waits are decorrelated jitter: clients that failed together do not come back together.
      backoff: new ExponentialBackoff({ initialDelay: patience.waitMs, maxDelay: patience.longestWaitMs }),
    }),
    timeout(patience.attemptMs, TimeoutStrategy.Aggressive),
  );
  return {
    execute: (work) => policy.execute(({ signal }) => work(signal)),
    circuit: () => circuits[breaker.state],
  };
}
