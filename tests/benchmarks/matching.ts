/** Matches of random customers: computed and cached, through SQL and HTTP, and how many of the best 20 are found. */
import { join } from "node:path";
import postgres from "postgres";
import { type BenchContext, type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";
import { fillProducts, makeCustomers } from "./data/matching_fill.ts";

const customers = 200;
const data = join(import.meta.dirname!, "data");

export const benchmark: Benchmark = {
  fill: false,
  description: "GET /v1/matches, computed and cached, and recall@20 against an exhaustive scorer (--rows products)",
  async run(context) {
    const sql = postgres(context.dbUrl, { max: 4, onnotice: () => {}, prepare: false });
    try {
      await fillProducts(sql, context);
      const ids = await makeCustomers(sql, context.vendorId, customers);
      const found = await recall(sql, context.vendorId, ids);
      console.error(
        `recall@20 over ${customers} customers: ${found.mean.toFixed(4)}, at worst ${found.least.toFixed(4)}`,
      );
      const measurements: Measurement[] = [];
      for (const clients of [1, 4]) {
        const load = { seconds: context.seconds, clients };
        const customer = (index: number) => ids[index % ids.length]!;
        measurements.push(
          await measure(`computed, SQL, ${clients} at once`, load, async (index) => {
            await sql`select app.compute_matches(
              ${context.vendorId}, app.match_inputs(${context.vendorId}, ${customer(index)}), 20)`;
          }),
          await measure(`computed, HTTP, ${clients} at once`, load, async (index) => {
            await sql`delete from public.matches_cache where customer_id = ${customer(index)}`;
            const started = performance.now();
            await get(context, customer(index));
            return performance.now() - started;
          }),
          await measure(`cached, HTTP, ${clients} at once`, load, () => get(context, ids[0]!)),
        );
      }
      return measurements;
    } finally {
      await sql.end();
    }
  },
};

async function get({ api, token }: BenchContext, customer: string): Promise<void> {
  const response = await fetch(`${api}/matches/${customer}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET /matches answered ${response.status}: ${text}`);
}

/** The share of each customer's exact best 20 that the prefilter keeps; scored over every product that passes. */
async function recall(sql: postgres.Sql, vendorId: string, ids: string[]): Promise<{ mean: number; least: number }> {
  await sql.unsafe(await Deno.readTextFile(join(data, "matching_recall.sql")));
  const recalls: number[] = [];
  for (const id of ids) {
    const [row] = await sql<{ recall: number }[]>`select bench.recall(${vendorId}, ${id}) as recall`;
    recalls.push(row!.recall);
  }
  return { mean: recalls.reduce((sum, each) => sum + each, 0) / recalls.length, least: Math.min(...recalls) };
}
