/**
 * What a request costs beside what Postgres alone costs: a bare statement, the two statements every guarded request
 * makes (at 20 clients on one vendor), a small answer, a search.
 */
import postgres from "postgres";
import { createRequestMetrics } from "../../functions/_shared/metrics/request_metrics.ts";
import { type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";

const words = ["rice", "milk", "green", "leaves", "raw", "fish", "dal", "seed"];

export const benchmark: Benchmark = {
  description: "`select 1`, the database's part of a guarded request, and requests through the whole stack",
  async run({ api, dbUrl, token, vendorId, seconds, clients }) {
    const sql = postgres(dbUrl, { max: clients });
    const get = async (path: string) => {
      const response = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const text = await response.text();
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
    };
    const load = { seconds, clients };
    try {
      return [
        await measure("select 1", load, async () => void await sql`select 1`),
        ...await measureGuard(dbUrl, vendorId, seconds),
        await measure("GET /v1/me", load, () => get("/me")),
        await measure(
          "GET /v1/search/products",
          load,
          (index) => get(`/search/products?q=${words[index % words.length]}&limit=20`),
        ),
        await measure("GET /v1/products", load, () => get("/products?limit=20")),
        await measure("1,000 requests counted for the metrics", { seconds, clients: 1 }, countRequests()),
      ];
    } finally {
      await sql.end();
    }
  },
};

/** What the metrics add to a request, a thousand times: all of it happens in memory, the rest behind the answers. */
function countRequests(): () => Promise<void> {
  const metrics = createRequestMetrics({ write: () => Promise.resolve(), keepAlive: () => {}, waitMs: 60_000 });
  const statuses = [200, 201, 404, 429];
  return async () => {
    for (let n = 0; n < 1000; n++) {
      const route = `/api/v1/route-${n % 40}`;
      metrics.record({ service: "api", route, method: "GET", status: statuses[n % 4]!, ms: n % 700 });
    }
    // Gives the loop a turn, so that the benchmark can end; the sums go nowhere.
    await metrics.flush();
  };
}

/**
 * The two statements of a guarded request, sent as the functions send them by 20 clients on one vendor without a pause:
 * with the driver, and by the database's own clock.
 */
async function measureGuard(dbUrl: string, vendorId: string, seconds: number): Promise<Measurement[]> {
  const clients = 20;
  const load = { seconds, clients };
  const sql = postgres(dbUrl, { max: clients });
  try {
    const people = Array.from({ length: clients }, (_, at) => `bench_${at}`);
    for (const id of people) {
      await sql`select app.ensure_member(${vendorId}, app.ensure_user(${id}), 'vendor_operator')`;
    }
    const [row] = await sql<{ claims: string }[]>`select app.begin_request(${people[0]!})::text as claims`;
    const claims = row!.claims;
    const facts = JSON.stringify({ request_id: "bench", method: "POST", path: "/x", ip: "127.0.0.1", ua: "bench" });
    const work = "select to_jsonb(1)";
    const run = crypto.randomUUID();

    /** Runs one expression; the milliseconds between the clock before and after it. */
    const inside = async (expression: postgres.PendingQuery<postgres.Row[]>): Promise<number> => {
      const [timed] = await sql<{ ms: number }[]>`
        select extract(epoch from clock_timestamp() - t.began)::float8 * 1000 as ms, done.result is null as unused
        from (select clock_timestamp() as began offset 0) as t,
          lateral (select ${expression} as result where t.began is not null offset 0) as done`;
      return timed!.ms;
    };
    const open = (index: number) =>
      sql`app.open_request(${people[index % clients]!}, null, 'api', ${facts}::text::jsonb)::text`;
    const call = () => sql`(app.call_as(${claims}::text::jsonb, ${work}, '{}', ${facts}::text::jsonb))::text`;
    const callOnce = (index: number) => {
      const key = { key: `${run}-${index}`, method: "POST", path: "/x", request_hash: "h", status: 200 };
      return sql`(app.call_once(
        ${claims}::text::jsonb, ${work}, '{}', ${facts}::text::jsonb, ${JSON.stringify(key)}::text::jsonb))::text`;
    };
    return [
      await measure("20 clients: select 1", load, async () => void await sql`select 1`),
      await measure("20 clients: limits and membership", load, async (index) => void await sql`select ${open(index)}`),
      await measure(
        "20 clients: call under a new key",
        load,
        async (index) => void await sql`select ${callOnce(index)}`,
      ),
      await measure("by the database's clock: select 1", load, () => inside(sql`1`)),
      await measure(
        "by the database's clock: guarded GET",
        load,
        async (index) => await inside(open(index)) + await inside(call()),
      ),
      await measure(
        "by the database's clock: guarded POST",
        load,
        async (index) => await inside(open(index)) + await inside(callOnce(index + 1_000_000)),
      ),
    ];
  } finally {
    await sql.end();
  }
}
