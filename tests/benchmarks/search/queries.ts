import type { Sql } from "postgres";

/** One question of a benchmark; `filtered` is with a tag and without two allergens. */
export type Query = { q?: string; filtered?: true; sort?: "-updated_at"; cursor?: string };

/** Queries of every class, the words chosen by how many products really have them. */
export async function chooseQueries(sql: Sql, vendorId: string): Promise<{ name: string; queries: Query[] }[]> {
  const sample = await sql<{ word: string; share: number }[]>`
    select s.word, s.ndoc::float8 / (select count(*) from partitions.${sql(leaf(vendorId))}) as share
    from ts_stat(${`select search_tsv from partitions.${leaf(vendorId)}`}) as s
    where strpos(s.word, '=') = 0 and length(s.word) > 2 order by s.ndoc desc, s.word`;
  const near = (share: number) =>
    sample.toSorted((a, b) => Math.abs(Math.log(a.share / share)) - Math.abs(Math.log(b.share / share)))
      .slice(0, 8).map(({ word }) => word);
  const common = near(0.2).slice(0, 4), middle = near(0.01), rare = near(0.0003);
  const single = (words: string[]): Query[] => words.map((q) => ({ q }));
  const pairs = (a: string[], b: string[]): Query[] =>
    a.map((word, at) => ({ q: `${word} ${b[(at + 1) % b.length]}` }));
  const classes: [string, Query[]][] = [
    ["rare", single(rare)],
    ["middle (1 %)", single(middle)],
    ["common (20 %)", single(common)],
    ["two common", pairs(common, common)],
    ["common and middle", pairs(middle, common)],
    ["three words", pairs(common, common).map(({ q }, at) => ({ q: `${q} ${middle[at]}` }))],
    ["no words", [{}]],
  ];
  const all = classes.flatMap(([name, queries]) => [
    { name, queries },
    { name: `${name}, filtered`, queries: queries.map((query): Query => ({ ...query, filtered: true })) },
  ]);
  for (const [name, words] of [["common", common], ["middle", middle]] as const) {
    all.push({ name: `${name} by change`, queries: words.map((q): Query => ({ q, sort: "-updated_at" })) });
  }
  const deep = await Promise.all([...common, middle[0]!].map((q) => deepen(sql, vendorId, q)));
  all.push({ name: "page 26 on", queries: deep });
  return all;
}

/** The query with the cursor after 5 pages of 100. */
async function deepen(sql: Sql, vendorId: string, q: string): Promise<Query> {
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_viewer" };
  let cursor: string | undefined;
  for (let page = 0; page < 5; page++) {
    const [row] = await sql<{ body: string }[]>`select body from app.call_as(
      ${sql.json(claims)},
      'select public.search_products(q => $1 ->> ''q'', cursor => $1 ->> ''cursor'', page_limit => 100)',
      ${sql.json({ q, cursor: cursor ?? null })})`;
    cursor = (JSON.parse(row!.body) as { next_cursor: string | null }).next_cursor ?? cursor;
  }
  return { q, ...(cursor ? { cursor } : {}) };
}

const leaf = (vendorId: string) => `products_${vendorId.replaceAll("-", "")}_00`;
