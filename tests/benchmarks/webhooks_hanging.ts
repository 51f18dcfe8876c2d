/**
 * Events for fifty endpoints of which five never answer and five refuse connections: how long the other forty wait for
 * theirs, and what memory the worker takes meanwhile. `--rows` says how many events, 10,000 at most.
 */
import postgres from "postgres";
import type { Benchmark } from "../../scripts/bench/benchmark.ts";

const endpoints = { good: 40, hanging: 5, refusing: 5 };

export const benchmark: Benchmark = {
  description: "webhooks to 50 endpoints of which 5 hang and 5 refuse: when the others have everything; memory",
  fill: false,
  workerLoop: false,
  async run({ dbUrl, vendorId, rows }) {
    const { odyssey } = await import("./webhooks/odyssey.ts");
    const { startWorkers } = await import("./webhooks/measure_flow.ts");
    const { startReceiver } = await import("./webhooks/receiver.ts");
    const { newSecret } = await import("../../functions/_shared/webhooks/sign.ts");
    const events = Math.min(rows, 10_000);
    const sql = postgres(dbUrl, { max: 2, onnotice: () => {} });
    await using receiver = startReceiver();
    const urls = [
      ...Array.from({ length: endpoints.good }, (_, n) => `${receiver.url}/${n}`),
      ...Array.from({ length: endpoints.hanging }, (_, n) => `${receiver.url}/hang/${n}`),
      ...Array.from({ length: endpoints.refusing }, (_, n) => `${closedUrl()}/${n}`),
    ];
    const target = { vendorId, urls, secret: newSecret() };
    const system = odyssey(sql, dbUrl);
    await system.prepare(target);
    await using running = startWorkers(system, dbUrl, 1, 768);
    const memory: number[] = [];
    const counts: number[] = [];
    const sampling = setInterval(() => {
      memory.push(residentMb(running.pids[0]!));
      counts.push(receiver.count);
    }, 1000);
    try {
      const started = performance.now();
      await system.enqueue(target, events);
      await Promise.race([receiver.reaches(events * endpoints.good), running.ended]);
      const seconds = (performance.now() - started) / 1000;
      const [row] = await sql<{ hanging: number; refusing: number }[]>`
        select
          coalesce(sum(d.attempts_total) filter (where e.url like ${`${receiver.url}/hang/%`}), 0)::int as hanging,
          coalesce(sum(d.attempts_total) filter (where e.url not like ${`${receiver.url}/%`}), 0)::int as refusing
        from public.webhook_deliveries as d
        join public.webhook_endpoints as e on e.id = d.endpoint_id`;
      const data = {
        events,
        delivered: events * endpoints.good,
        seconds: Math.round(seconds * 10) / 10,
        per_second: Math.round(events * endpoints.good / seconds),
        // A queue that is long at first and short in the end must not make a difference.
        per_second_by_quarter: [0, 1, 2, 3].map((n) => {
          const [from, to] = [n, n + 1].map((quarter) => Math.floor((counts.length - 1) * quarter / 4)) as [
            number,
            number,
          ];
          return Math.round((counts[to]! - counts[from]!) / (to - from));
        }),
        attempts_to_hanging: row!.hanging,
        attempts_to_refusing: row!.refusing,
        worker_mb: [0.1, 0.5, 1].map((share) => memory[Math.ceil(memory.length * share) - 1] ?? NaN),
      };
      const text =
        `${data.delivered} deliveries of ${events} events to ${endpoints.good} endpoints in ${data.seconds} s ` +
        `(${data.per_second}/s; by quarter of the time ${
          data.per_second_by_quarter.join(", ")
        }), beside ${endpoints.hanging} that hang (${data.attempts_to_hanging} attempts ended) and ` +
        `${endpoints.refusing} that refuse (${data.attempts_to_refusing}); the worker's memory after a tenth, half and ` +
        `all of the time: ${data.worker_mb.join(", ")} MB`;
      return { text, data };
    } finally {
      clearInterval(sampling);
      await sql.end();
    }
  },
};

/** Where nothing listens. */
function closedUrl(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return `http://127.0.0.1:${port}`;
}

/** What a process holds of the machine's memory; Linux alone tells. */
function residentMb(pid: number): number {
  try {
    const kb = /VmRSS:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
    return Math.round(Number(kb) / 1024);
  } catch {
    return NaN;
  }
}
