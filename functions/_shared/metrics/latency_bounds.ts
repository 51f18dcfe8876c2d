/**
 * Upper bounds of the latency buckets in milliseconds, as `app.latency_bounds_ms()` has them; one more bucket counts
 * what took longer.
 */
export const latencyBoundsMs: readonly number[] = [5, 10, 25, 50, 100, 150, 200, 300, 500, 1000, 2500, 5000, 10_000];

/** The bucket a time falls into. */
export function bucketOf(ms: number): number {
  let at = 0;
  while (at < latencyBoundsMs.length && ms > latencyBoundsMs[at]!) at++;
  return at;
}
