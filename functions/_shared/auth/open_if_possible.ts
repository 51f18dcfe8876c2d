import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from "cockatiel";
import { isTransient } from "../http/errors.ts";

const patienceMs = 1000;
const failures = 3;
const openMs = 5000;

const guard = wrap(
  circuitBreaker(handleAll, { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) }),
  timeout(patienceMs, TimeoutStrategy.Aggressive),
);

/** A failure that is no outage: kept from the circuit. */
class Mistake {
  constructor(readonly error: unknown) {}
}

/**
 * Asks the database who calls and what is left of their limits, where it answers; `undefined` while it is away, and at
 * once after several failures. Only for routes that must answer without it: there nothing is counted then.
 */
export async function openIfPossible<T>(open: () => Promise<T>): Promise<T | undefined> {
  const result = await guard.execute(() =>
    open().catch((error) => {
      if (isTransient(error)) throw error;
      return new Mistake(error);
    })
  ).catch(() => undefined);
  if (result instanceof Mistake) throw result.error;
  return result;
}
