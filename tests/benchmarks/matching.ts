/** Matches of random customers: computed and cached, through SQL and HTTP, and how many of the best 20 are found. */
import { join } from "node:path";
import postgres from "postgres";
import { type BenchContext, type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";

const customers = 200;
const data = join(import.meta.dirname!, "data");

export const benchmark: Benchmark = {
  description: "GET /v1/matches, computed and cached, and recall@20 against an exhaustive scorer (--rows products)",
  async run(context) {
    const sql = postgres(context.dbUrl, { max: 4, onnotice: () => {}, prepare: false });
    try {
      await fill(sql, context);
      const ids = await makeCustomers(sql, context.vendorId);
      console.error(`recall@20 over ${customers} customers: ${(await recall(sql, context.vendorId, ids)).toFixed(4)}`);
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
            // Half a millisecond of the figure: without it the second round would be served from the cache.
            await sql`delete from public.matches_cache where customer_id = ${customer(index)}`;
            await get(context, customer(index));
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

async function fill(sql: postgres.Sql, { rows, vendorId }: BenchContext): Promise<void> {
  const started = performance.now();
  const text = await Deno.readTextFile(join(data, "matching_products.sql"));
  await sql.begin(async (tx) => {
    await tx`select setseed(0.42)`;
    await tx.unsafe(text, [rows]);
    await tx`update public.vendors set catalog_version = catalog_version + 1 where id = ${vendorId}`;
  });
  await sql`analyze app.product_match_facts`;
  await sql`select app.refresh_match_statistics(${vendorId})`;
  console.error(`${rows} products in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Customers with random conditions, allergens and goals, and consent; the profiles are derived as always. */
async function makeCustomers(sql: postgres.Sql, vendorId: string): Promise<string[]> {
  await sql.begin(async (tx) => {
    const [row] = await tx<{ claims: string }[]>`select app.begin_request('bench')::text as claims`;
    await tx`select app.enter_request(${row!.claims}::text::jsonb)`;
    await tx`select setseed(0.7)`;
    await tx`select public.upsert_customers((
      select jsonb_agg(jsonb_build_object('external_id', 'm' || g, 'full_name', 'Customer ' || g,
        'email', 'm' || g || '@example.com', 'age', 20 + g % 60))
      from generate_series(1, ${customers}::int) as g))`;
    await tx`
      select public.record_customer_consent(c.id,
        '{"consent_type": "health_data", "granted": true, "version": "1"}')
      from public.customers as c where c.external_id ~ '^m[0-9]+$'`;
    await tx`
      select public.put_customer_health(c.id, jsonb_build_object(
        'height_cm', 150 + random() * 45, 'weight_kg', 50 + random() * 60, 'age', 20 + (random() * 60)::int,
        'gender', (array['male', 'female'])[1 + (random() * 1.99)::int % 2], 'activity_level', 'light',
        'conditions', (select coalesce(jsonb_agg(k), '[]') from unnest(array['hypertension', 'type_2_diabetes', 'ckd',
          'hyperlipidemia', 'celiac', 'lactose_intolerance', 'obesity', 'iron_deficiency']) as k
          where random() < 0.18 and c.id is not null),
        'avoid_allergens', (select coalesce(jsonb_agg(k), '[]') from unnest(array['milk', 'eggs', 'peanuts',
          'tree_nuts', 'soybeans', 'wheat', 'fish', 'sesame']) as k where random() < 0.15 and c.id is not null),
        'diet_goals', (select coalesce(jsonb_agg(k), '[]') from unnest(array['vegan', 'organic', 'kosher', 'halal',
          'high_protein', 'gluten_free']) as k where random() < 0.15 and c.id is not null)))
      from public.customers as c where c.external_id ~ '^m[0-9]+$'`;
  });
  return (await sql<{ id: string }[]>`
    select id from public.customers where vendor_id = ${vendorId} and external_id ~ '^m[0-9]+$' order by id`)
    .map(({ id }) => id);
}

/** The share of each customer's exact best 20 that the prefilter keeps; scored over every product that passes. */
async function recall(sql: postgres.Sql, vendorId: string, ids: string[]): Promise<number> {
  await sql.unsafe(await Deno.readTextFile(join(data, "matching_recall.sql")));
  let sum = 0;
  for (const id of ids) {
    const [row] = await sql<{ recall: number }[]>`select bench.recall(${vendorId}, ${id}) as recall`;
    sum += row!.recall;
  }
  return sum / ids.length;
}
