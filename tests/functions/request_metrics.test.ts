/** Requests are counted in memory, written in batches, and never lost or doubled by a write that fails. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { latencyBoundsMs } from "../../functions/_shared/metrics/latency_bounds.ts";
import {
  createRequestMetrics,
  type RequestCount,
  type RequestMetricsOptions,
} from "../../functions/_shared/metrics/request_metrics.ts";

const sample = { service: "api", route: "/api/v1/x", method: "GET", status: 200, ms: 7 };
const at = Date.UTC(2026, 0, 31, 9, 30, 12);

/** Metrics whose writes are kept; the background work is kept too, so that nothing outlives a test. */
function stand(options: Partial<RequestMetricsOptions> = {}) {
  const written: RequestCount[][] = [];
  const failures: unknown[] = [];
  const kept: Promise<unknown>[] = [];
  const clock = { now: at, fail: false };
  const metrics = createRequestMetrics({
    write: (counts) => {
      if (clock.fail) return Promise.reject(new Error("the database is away"));
      written.push(structuredClone(counts));
      return Promise.resolve();
    },
    report: (error) => failures.push(error),
    keepAlive: (work) => kept.push(work),
    now: () => clock.now,
    ...options,
  });
  return { metrics, written, failures, kept, clock };
}

Deno.test("request metrics: equal requests of a minute are one row with their sum and histogram", async () => {
  const { metrics, written, kept, clock } = stand();
  for (const ms of [7, 5, 5.1, 99_999]) metrics.record({ ...sample, ms });
  metrics.record({ ...sample, status: 404 });
  clock.now += 60_000;
  metrics.record(sample);
  await metrics.flush();
  const [first, refused, later] = written[0]!;
  const buckets = new Array(latencyBoundsMs.length + 1).fill(0);
  deepStrictEqual(first, {
    minute: "2026-01-31T09:30:00.000Z",
    service: "api",
    route: "/api/v1/x",
    method: "GET",
    status: 200,
    count: 4,
    sum_ms: 100_016.1,
    buckets: Object.assign([...buckets], { 0: 1, 1: 2, [latencyBoundsMs.length]: 1 }),
  });
  deepStrictEqual([refused!.status, refused!.count, later!.minute], [404, 1, "2026-01-31T09:31:00.000Z"]);
  await metrics.flush();
  await Promise.all(kept);
  strictEqual(written.length, 1, "nothing new, nothing written");
});

Deno.test("request metrics: they are written a while after the first, or as soon as a batch is full", async () => {
  const soon = stand({ waitMs: 1 });
  soon.metrics.record(sample);
  strictEqual(soon.written.length, 0, "never while the request waits");
  await Promise.all(soon.kept);
  strictEqual(soon.written.length, 1);

  const full = stand({ batch: 3 });
  for (const status of [200, 201, 204]) full.metrics.record({ ...sample, status });
  await Promise.all(full.kept);
  strictEqual(full.written[0]!.length, 3);
});

Deno.test("request metrics: a failed write is written with the next, once, and told of once", async () => {
  const { metrics, written, failures, kept, clock } = stand();
  clock.fail = true;
  metrics.record(sample);
  await metrics.flush();
  metrics.record(sample);
  await metrics.flush();
  clock.fail = false;
  metrics.record({ ...sample, ms: 1 });
  await Promise.all([metrics.flush(), metrics.flush()]);
  await Promise.all(kept);
  deepStrictEqual([failures.length, written.length], [1, 1]);
  deepStrictEqual([written[0]![0]!.count, written[0]![0]!.sum_ms], [3, 15]);
});

Deno.test("request metrics: what is counted while a write is under way is neither lost nor written twice", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  const written: RequestCount[][] = [];
  const { metrics, kept } = stand({
    write: async (counts) => {
      written.push(structuredClone(counts));
      if (written.length === 1) {
        await held;
        throw new Error("late failure");
      }
    },
  });
  metrics.record(sample);
  const first = metrics.flush();
  metrics.record(sample);
  const second = metrics.flush();
  release();
  await Promise.all([first, second]);
  await Promise.all(kept);
  strictEqual(written.at(-1)![0]!.count, 2);
});

Deno.test("request metrics: kinds are bounded while the database is away; odd methods are one kind", async () => {
  const { metrics, written, kept, clock } = stand({ most: 2 });
  clock.fail = true;
  for (let status = 200; status < 300; status++) metrics.record({ ...sample, status });
  await metrics.flush();
  clock.fail = false;
  for (const method of ["BREW", "PROPFIND"]) metrics.record({ ...sample, status: 200, method });
  await metrics.flush();
  await Promise.all(kept);
  strictEqual(written[0]!.length, 2);

  const odd = stand();
  for (const method of ["BREW", "PROPFIND", "x".repeat(1000)]) odd.metrics.record({ ...sample, method });
  await odd.metrics.flush();
  await Promise.all(odd.kept);
  deepStrictEqual(odd.written[0]!.map(({ method, count }) => [method, count]), [["OTHER", 3]]);
});

Deno.test("request metrics: at the end all is written, also what comes after it", async () => {
  const { metrics, written, kept } = stand({ waitMs: 3_600_000 });
  metrics.record(sample);
  await metrics.close();
  metrics.record(sample);
  await Promise.all(kept);
  ok(written.length === 2 && written.flat().every(({ count }) => count === 1));
});
