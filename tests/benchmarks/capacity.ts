/** What a row costs on disk and in the log, measured on loaded tables, and from it the size of the whole. */
import postgres, { type Sql } from "postgres";
import { type BenchContext, type Benchmark, measure } from "../../scripts/bench/benchmark.ts";
import { createCustomerRows, customerHeader } from "../../scripts/generate/customers.ts";
import { formatRow } from "../../scripts/generate/write_csv.ts";
import { ingest } from "./ingest.ts";
import { productFile } from "./data/ingest_rows.ts";
import { type Cost, type Figures, formatCapacity, projectCapacity } from "./capacity/model.ts";
import { measureCost, relationsOf } from "./capacity/sizes.ts";

/** How many customers get a health profile, and how many of these their matches. */
const profiles = 2000;
const matched = 300;

export const benchmark: Benchmark = {
  description: "bytes and log per row, requests per core, and what 50 full vendors need (--rows of each kind)",
  fill: false,
  async run(context) {
    const sql = postgres(context.dbUrl, { max: 4, onnotice: () => {} });
    try {
      const figures = await measureFigures(sql, context);
      const capacity = projectCapacity(figures);
      return { text: formatCapacity(figures, capacity), data: { figures, capacity } };
    } finally {
      await sql.end();
    }
  },
};

async function measureFigures(sql: Sql, context: BenchContext): Promise<Figures> {
  const { rows, vendorId, clients, seconds } = context;
  const emptyVendor = await measureCost(sql, 1, async () => {
    await sql`select public.create_vendor('empty', 'Empty')`;
  });
  const relationsPerVendor = await relationsOf(sql, vendorId);
  const times: Record<"products" | "customers", number> = { products: 0, customers: 0 };
  const product = await measureCost(sql, rows, async () => {
    times.products = await ingest(context, productFile(rows));
  });
  const changedProduct = await measureCost(sql, rows / 10, async () => {
    await ingest(context, productFile(rows, 0.1));
  });
  const people = await customerFile(rows);
  const customer = await measureCost(sql, rows, async () => {
    times.customers = await ingest(context, people, "customers");
  });
  const ids = await customerIds(sql, vendorId);
  const profile = await measureCost(sql, ids.length, () => giveProfiles(sql, ids));
  const get = async (path: string) => {
    const response = await fetch(`${context.api}${path}`, { headers: { authorization: `Bearer ${context.token}` } });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
  };
  const matches = await measureCost(sql, matched, async () => {
    for (const id of ids.slice(0, matched)) await get(`/matches/${id}`);
  });
  await sql`vacuum analyze`;
  const load = { clients, seconds };
  const words = ["kaka", "mori brand 7", "ta lo", "shika", "rika mo"];
  const requests = {
    search: await measure("search", load, (n) => get(`/search/products?q=${words[n % words.length]}`)),
    list: await measure("list", load, () => get("/products?limit=50")),
    match: await measure("match, not cached", load, async (n) => {
      await sql`delete from public.matches_cache where customer_id = ${ids[n % ids.length]!}`;
      await get(`/matches/${ids[n % ids.length]}`);
    }),
  };
  return {
    cores: navigator.hardwareConcurrency,
    rows,
    emptyVendor,
    relationsPerVendor,
    costs: { product, changedProduct, customer, profile, matches } satisfies Record<string, Cost>,
    rowsPerSecond: { products: rows / times.products * 1000, customers: rows / times.customers * 1000 },
    requests,
  };
}

async function customerFile(rows: number): Promise<Uint8Array> {
  const row = await createCustomerRows({ seed: 1, dirty: 0 });
  const parts = [formatRow(customerHeader)];
  for (let index = 0; index < rows; index++) parts.push(formatRow(row(index).cells));
  return new TextEncoder().encode(parts.join(""));
}

async function customerIds(sql: Sql, vendorId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from public.customers where vendor_id = ${vendorId} order by id limit ${profiles}`;
  return rows.map(({ id }) => id);
}

/** Consent and a profile for each, as `PUT /customers/:id/health` stores them. */
async function giveProfiles(sql: Sql, ids: string[]): Promise<void> {
  await sql.begin(async (tx) => {
    const [row] = await tx<{ claims: string }[]>`select app.begin_request('bench')::text as claims`;
    await tx`select app.enter_request(${row!.claims}::text::jsonb)`;
    await tx`
      select public.record_customer_consent(id, '{"consent_type": "health_data", "granted": true, "version": "1"}')
      from unnest(${ids}::uuid[]) as t (id)`;
    await tx`
      select public.put_customer_health(id, jsonb_build_object(
        'height_cm', 150 + n % 45, 'weight_kg', 50 + n % 60, 'age', 20 + n % 60,
        'gender', (array['male', 'female'])[1 + n % 2], 'activity_level', 'light',
        'conditions', case when n % 3 = 0 then '["hypertension"]'::jsonb else '[]' end,
        'avoid_allergens', case when n % 4 = 0 then '["milk"]'::jsonb else '[]' end,
        'diet_goals', '[]'::jsonb))
      from unnest(${ids}::uuid[]) with ordinality as t (id, n)`;
  });
}
