/**
 * Customers by the hundred thousand: written in batches, found by name and email, and asked who is affected by a recall,
 * when some had the product, and when nobody did.
 */
import { join } from "node:path";
import postgres from "postgres";
import { type BenchContext, type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";
import { fillProducts, makeCustomers } from "./data/matching_fill.ts";

const data = join(import.meta.dirname!, "data");
const batch = 50_000;
const products = 50_000;
const templates = 200;

export const benchmark: Benchmark = {
  fill: false,
  description: "customers upserted, searched, and asked for by a recall (--rows customers)",
  async run(context) {
    const sql = postgres(context.dbUrl, { max: 4, onnotice: () => {}, prepare: false });
    try {
      const upserts = await upsertAll(sql, context);
      await fillProducts(sql, { ...context, rows: products });
      await makeCustomers(sql, context.vendorId, templates);
      const measurements = [upserts];
      for (const [what, queries] of Object.entries(await chooseQueries(sql, context.vendorId))) {
        for (const clients of [1, 4]) {
          const load = { seconds: context.seconds / 2, clients };
          const ask = (index: number) =>
            get(context, `/customers?${new URLSearchParams(queries[index % queries.length])}`);
          measurements.push(await measure(`search by ${what}, HTTP, ${clients} at once`, load, ask));
        }
      }
      for (const [what, question] of Object.entries(await deliver(sql, context.vendorId))) {
        const load = { seconds: context.seconds / 2, clients: 1 };
        measurements.push(await measure(`affected by ${what}, HTTP`, load, () => post(context, question)));
      }
      return measurements;
    } finally {
      await sql.end();
    }
  },
};

/** Every customer through the merge that files and requests take; one time for each batch. */
async function upsertAll(sql: postgres.Sql, { vendorId, rows }: BenchContext): Promise<Measurement> {
  const text = await Deno.readTextFile(join(data, "staged_customers.sql"));
  const times: number[] = [];
  for (let from = 1; from <= rows; from += batch) {
    const started = performance.now();
    await sql.begin(async (tx) => {
      const id = crypto.randomUUID();
      await tx.unsafe(text, [id, vendorId, from, Math.min(rows, from + batch - 1)]);
      await tx`select app.merge_staged_customers(${id}, 'api')`;
    });
    times.push(performance.now() - started);
  }
  await sql`analyze public.customers`;
  const spent = times.reduce((sum, time) => sum + time, 0);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  const perSecond = rows / (spent / 1000);
  return { what: `upsert, batches of ${batch}`, count: rows, perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function chooseQueries(sql: postgres.Sql, vendorId: string): Promise<Record<string, Record<string, string>[]>> {
  const rows = await sql<{ full_name: string; email: string }[]>`
    select full_name, email from public.customers
    where vendor_id = ${vendorId} and id > '80000000-0000-0000-0000-000000000000' order by id limit 300`;
  const last = (name: string) => name.slice(name.indexOf(" ") + 1);
  return {
    "first name": rows.map(({ full_name }) => ({ q: full_name.split(" ")[0]! })),
    "last name": rows.map(({ full_name }) => ({ q: last(full_name) })),
    "whole name": rows.map(({ full_name }) => ({ q: full_name })),
    "a few letters": rows.map(({ full_name }, n) => ({ q: last(full_name).slice(0, 2 + n % 4) })),
    email: rows.map(({ email }) => ({ email })),
  };
}

/** Profiles for all, five safe deliveries each, then two popular products that turn out to contain peanuts. */
async function deliver(sql: postgres.Sql, vendorId: string): Promise<Record<string, Record<string, string>>> {
  const started = performance.now();
  await sql.begin(async (tx) => {
    await tx`select set_config('bench.vendor', ${vendorId}, true)`;
    await tx.unsafe(await Deno.readTextFile(join(data, "delivered_matches.sql")));
  });
  for (const table of ["app.delivered_matches", "app.customer_avoidances"]) await sql.unsafe(`vacuum analyze ${table}`);
  const popular = await sql<{ product_id: string; count: number }[]>`
    select d.product_id, count(*)::int as count from app.delivered_matches as d
    inner join public.products as p on p.vendor_id = d.vendor_id and p.id = d.product_id
    where d.vendor_id = ${vendorId} and not coalesce(p.may_contain, '{}') @> '{peanuts}'
    group by 1 order by 2 desc limit 3`;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`profiles and deliveries in ${seconds} s; the most popular product went to ${popular[0]!.count}`);
  await sql`
    update public.products set may_contain = '{peanuts}'
    where vendor_id = ${vendorId} and id = any (${popular.slice(1).map(({ product_id }) => product_id)})`;
  return {
    "a product": { product_id: popular[1]!.product_id },
    "a recall of a product": { product_id: popular[0]!.product_id, allergen: "milk" },
    "a recall that concerns nobody": { product_id: popular[0]!.product_id, allergen: "lupin" },
    "an allergen": { allergen: "peanuts" },
    "an allergen nobody had": { allergen: "fish" },
  };
}

async function get({ api, token }: BenchContext, path: string): Promise<void> {
  await ask(fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } }));
}

async function post({ api, token }: BenchContext, body: Record<string, string>): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  await ask(fetch(`${api}/matches/affected`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function ask(request: Promise<Response>): Promise<void> {
  const response = await request;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
}
