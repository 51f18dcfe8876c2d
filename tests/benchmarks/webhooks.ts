/**
 * How fast events reach receivers on this machine: the wait of a single one while nothing else happens, and how many a
 * second flow when thousands wait, to one endpoint and to ten.
 */
import postgres from "postgres";
import { type Benchmark, type Measurement } from "../../scripts/bench/benchmark.ts";

const backlog = 3000;

export const benchmark: Benchmark = {
  description: "webhooks: enqueue to first attempt while idle, and deliveries a second from a backlog",
  async run({ api, dbUrl, token, vendorId, seconds }) {
    const sql = postgres(dbUrl, { max: 2, onnotice: () => {} });
    const arrived = new Map<string, number>();
    let count = 0;
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
      await request.body?.cancel();
      arrived.set(request.headers.get("x-idempotency-key") ?? "", performance.now());
      count++;
      return new Response();
    });
    const url = `http://127.0.0.1:${server.addr.port}/hook`;
    const addEndpoints = async (number: number) => {
      for (let n = 0; n < number; n++) {
        const response = await fetch(`${api}/webhooks`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({ url, events: ["job.completed"] }),
        });
        if (!response.ok) throw new Error(`POST /webhooks answered ${response.status}: ${await response.text()}`);
        await response.body?.cancel();
      }
    };
    const until = async (holds: () => boolean | Promise<boolean>) => {
      while (!(await holds())) await new Promise((done) => setTimeout(done, 2));
    };
    const flow = async (what: string, endpoints: number): Promise<Measurement> => {
      const events = backlog / endpoints;
      const goal = count + backlog;
      const started = performance.now();
      await sql`
        select count(app.emit_event(${vendorId}, 'job.completed', jsonb_build_object('job_id', n)))
        from generate_series(1, ${events}) as n`;
      await until(() => count >= goal);
      await until(async () =>
        (await sql`select from public.webhook_deliveries where finished_at is null limit 1`).length === 0
      );
      const ms = performance.now() - started;
      return { what, count: backlog, perSecond: backlog / (ms / 1000), p50: NaN, p95: NaN, p99: NaN };
    };
    try {
      await addEndpoints(1);
      const waits: number[] = [];
      const end = performance.now() + seconds * 1000;
      while (performance.now() < end) {
        const [row] = await sql<{ id: string }[]>`
          select app.emit_event(${vendorId}, 'job.completed', '{"job_id": "x"}') as id`;
        const began = performance.now();
        await until(() => arrived.has(row!.id));
        waits.push(arrived.get(row!.id)! - began);
        // Not in step with the worker's rhythm.
        await new Promise((done) => setTimeout(done, 40 + Math.random() * 100));
      }
      waits.sort((a, b) => a - b);
      const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN;
      const idle = { what: "enqueue to first attempt, idle", count: waits.length, perSecond: NaN };
      const measured: Measurement[] = [{ ...idle, p50: at(0.5), p95: at(0.95), p99: at(0.99) }];
      await flow("warm-up", 1);
      measured.push(await flow(`${backlog} events to 1 endpoint`, 1));
      await addEndpoints(9);
      measured.push(await flow(`${backlog / 10} events to each of 10 endpoints`, 10));
      return measured;
    } finally {
      await sql.end();
      await server.shutdown();
    }
  },
};
