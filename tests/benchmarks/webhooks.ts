/**
 * How fast events reach receivers on this machine, beside two job queues that make the same requests from the same
 * Postgres in the same run: the wait of single events while nothing else happens, and the flow of a backlog to one
 * endpoint and to ten, with one worker process and with four.
 */
import postgres from "postgres";
import type { Benchmark, Measurement } from "../../scripts/bench/benchmark.ts";
import type { System, Target } from "./webhooks/system.ts";

type Task = () => Promise<Measurement>;

const deliveries = 4000;
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
    /** Runs `task` with workers that have sent a thousand already. */
    const withWorkers = async (system: System, target: Target, workers: number, concurrency: number, task: Task) => {
      await system.prepare(target);
      await using running = startWorkers(system, dbUrl, workers, concurrency);
      const measure = async () => {
        await measureFlow("warm-up", system, target, receiver, 1000);
        measured.push(await task());
      };
      await Promise.race([measure(), running.ended]);
    };
    // The machine settles after the start of the stack.
    for (const system of systems) {
      await withWorkers(system, targetOf(1), 1, 32, () => measureFlow("", system, targetOf(1), receiver, deliveries));
    }
    measured.length = 0;
    for (const { endpoints, concurrency } of shapes) {
      const target = targetOf(endpoints);
      for (const workers of [1, 4]) {
        for (const system of systems) {
          const what = `${deliveries} to ${endpoints} endpoints, ${workers} workers`;
          const task = () => measureFlow(what, system, target, receiver, deliveries);
          await withWorkers(system, target, workers, concurrency, task);
        }
      }
    }
    for (const system of systems) {
      const target = targetOf(1);
      await withWorkers(system, target, 1, 32, () => measureIdle(system, target, receiver, seconds));
    }
    await Promise.all(systems.map((system) => system.close?.()));
    await sql.end();
    return measured;
  },
};
