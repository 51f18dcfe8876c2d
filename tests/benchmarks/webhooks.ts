/**
 * How fast events reach receivers on this machine, beside two job queues that make the same requests from the same
 * Postgres in the same run: the wait of single events while nothing else happens, and the flow of a backlog to one
 * endpoint and to ten, with one worker process and with four.
 *
 * All have the same number of requests under way at most, in as many processes, with the same bodies and signatures, to
 * the same receiver. What each writes for an event and an endpoint, beside making the request:
 * - Odyssey: the event in its outbox and its place in the queue; by a worker its delivery and that one's place in a queue,
 *   a lease, the delivery's end with the attempt, its answer and its signature. Event and delivery stay to be looked up.
 * - graphile-worker: a job; by a worker its lock and its removal. Nothing stays.
 * - pg-boss: a job; by a worker its start and its end. The job stays.
 */
import postgres from "postgres";
import type { Benchmark, Measurement } from "../../scripts/bench/benchmark.ts";
import type { Target } from "./webhooks/system.ts";

const deliveries = 2000;
const rounds = 9;
/** Endpoints, and how many requests to them are under way at once, over all workers. */
const shapes = [{ endpoints: 1, concurrency: 32 }, { endpoints: 10, concurrency: 128 }];

export const benchmark: Benchmark = {
  description: "webhooks beside graphile-worker and pg-boss: enqueue to first attempt while idle, deliveries a second",
  fill: false,
  workerLoop: false,
  async run({ dbUrl, vendorId, seconds }) {
    // Loaded here, so that other benchmarks do without the peers.
    const { makeSystems } = await import("./webhooks/systems.ts");
    const { measureFlow, measureIdle, startWorkers } = await import("./webhooks/measure_flow.ts");
    const { startReceiver } = await import("./webhooks/receiver.ts");
    const { newSecret } = await import("../../functions/_shared/webhooks/sign.ts");
    const sql = postgres(dbUrl, { max: 2, onnotice: () => {} });
    await using receiver = startReceiver();
    const measured: Measurement[] = [];
    const systems = makeSystems(sql, dbUrl);
    const targetOf = (endpoints: number): Target => ({
      vendorId,
      urls: Array.from({ length: endpoints }, (_, n) => `${receiver.url}/${n}`),
      secret: newSecret(),
    });
    for (const { endpoints, concurrency } of shapes) {
      const target = targetOf(endpoints);
      for (const workers of [1, 4]) {
        await using running = new AsyncDisposableStack();
        const started = [];
        for (const system of systems) {
          await system.prepare(target);
          const own = running.use(startWorkers(system, dbUrl, workers, concurrency));
          await Promise.race([measureFlow(system, target, receiver, 1000), own.ended]);
          if (endpoints === 1 && workers === 1) measured.push(await measureIdle(system, target, receiver, seconds));
          own.hold(true);
          started.push({ system, own, rates: [] as number[] });
        }
        // In turns, so that whatever else the machine does meets them all.
        for (let round = 0; round < rounds; round++) {
          for (const { system, own, rates } of started) {
            own.hold(false);
            rates.push(await Promise.race([measureFlow(system, target, receiver, deliveries), own.ended]));
            own.hold(true);
          }
        }
        for (const { system, rates } of started) {
          const perSecond = rates.sort((x, y) => x - y)[Math.floor(rounds / 2)]!;
          const what = `${system.name}: ${endpoints} endpoints, ${workers} workers, median of ${rounds}`;
          measured.push({ what, count: deliveries, perSecond, p50: NaN, p95: NaN, p99: NaN });
        }
      }
    }
    await Promise.all(systems.map((system) => system.close?.()));
    await sql.end();
    return measured;
  },
};
