/** Generated products, and customers with health profiles, for the benchmarks of matching and customers. */
import { join } from "node:path";
import type postgres from "postgres";
import type { BenchContext } from "../../../scripts/bench/benchmark.ts";

/** Products of 24 kinds, written in one statement, and their statistics. */
export async function fillProducts(sql: postgres.Sql, { rows, vendorId }: BenchContext): Promise<void> {
  const started = performance.now();
  const text = await Deno.readTextFile(join(import.meta.dirname!, "matching_products.sql"));
  await sql.begin(async (tx) => {
    await tx`select setseed(0.42)`;
    await tx.unsafe(text, [rows]);
    await tx`update public.vendors set catalog_version = catalog_version + 1 where id = ${vendorId}`;
  });
  await sql`analyze public.products`;
  await sql`vacuum analyze app.product_match_facts`;
  await sql`select app.refresh_match_statistics(${vendorId})`;
  console.error(`${rows} products in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Customers with random conditions, allergens and goals, and consent; the profiles are derived as always. */
export async function makeCustomers(sql: postgres.Sql, vendorId: string, customers: number): Promise<string[]> {
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
