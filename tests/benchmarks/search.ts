/**
 * Searches over generated products: every class of query with 1 and 4 clients, through SQL and through HTTP, beside plain
 * ts_rank_cd in the same database and beside SQLite's FTS5 on the same rows and words. Fill with `--rows`.
 */
import postgres from "postgres";
import { type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";
import { fillProducts } from "./search/fill.ts";
import { openFts } from "./search/fts.ts";
import { chooseQueries, type Query } from "./search/queries.ts";

const page = 20;

export const benchmark: Benchmark = {
  description: "searches of every class through SQL and HTTP, beside ts_rank_cd and SQLite FTS5 (--rows)",
  async run({ api, dbUrl, token, vendorId, seconds, rows }) {
    const sql = postgres(dbUrl, { max: 4, onnotice: () => {} });
    try {
      const filler = postgres(dbUrl, { max: 1, onnotice: () => {} });
      await fillProducts(filler, vendorId, rows);
      await filler.end();
      const claims = {
        role: "authenticated",
        sub: crypto.randomUUID(),
        vendor_id: vendorId,
        app_role: "vendor_viewer",
      };
      const fts = await openFts(sql, vendorId);
      const results: Measurement[] = [];
      for (const { name, queries } of await chooseQueries(sql, vendorId)) {
        const pick = (index: number) => queries[index % queries.length]!;
        const throughSql = (index: number) => search(sql, claims, pick(index));
        const throughHttp = (index: number) => request(api, token, pick(index));
        const add = async (what: string, clients: number, task: (index: number) => Promise<void>) =>
          void results.push(await measure(`${name}, ${what}, ${clients}`, { seconds, clients }, task));
        await add("SQL", 1, throughSql);
        await add("HTTP", 1, throughHttp);
        await add("HTTP", 4, throughHttp);
        if (queries.every(({ q, filtered, sort, cursor }) => q && !filtered && !sort && !cursor)) {
          await add("ts_rank_cd", 1, (index) => rank(sql, vendorId, pick(index).q!));
          await add("FTS5", 1, (index) => Promise.resolve(fts.search(pick(index).q!, page)));
        }
      }
      fts.close();
      return results;
    } finally {
      await sql.end();
    }
  },
};

async function search(sql: postgres.Sql, claims: postgres.JSONValue, { q, filtered, sort, cursor }: Query) {
  const given = {
    q,
    sort,
    cursor,
    page_limit: page,
    ...(filtered ? { tags_any: ["vegan"], allergens_none: ["milk", "peanuts"] } : {}),
  };
  const statement = `select public.search_products(q => g.q, sort => g.sort, cursor => g.cursor, tags_any => g.tags_any,
    allergens_none => g.allergens_none, page_limit => ${page})
    from jsonb_to_record($1) as g(q text, sort text, cursor text, tags_any text[], allergens_none text[])`;
  await sql`select body from app.call_as(${sql.json(claims)}, ${statement}, ${sql.json(given as postgres.JSONValue)})`;
}

async function request(api: string, token: string, { q, filtered, sort, cursor }: Query) {
  const query = new URLSearchParams({
    limit: String(page),
    ...(q ? { q } : {}),
    ...(sort ? { sort } : q ? { sort: "relevance" } : {}),
    ...(cursor ? { cursor } : {}),
    ...(filtered ? { "tags.any": "vegan", "allergens.none": "milk,peanuts" } : {}),
  });
  const response = await fetch(`${api}/products?${query}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET /v1/products?${query} answered ${response.status}: ${text}`);
}

/** What one would write without all this: rank every match, take the best. */
async function rank(sql: postgres.Sql, vendorId: string, q: string) {
  await sql`
    select p.id, ts_rank_cd(p.search_tsv, query) as rank
    from public.products as p, app.parse_search(${q}) as query
    where p.vendor_id = ${vendorId} and p.search_tsv @@ query and p.soft_deleted_at is null
    order by rank desc, p.id limit ${page}`;
}
