/** Search against a brute-force model, page by page between writes; and whatever anybody may type. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as fc from "fast-check";
import postgres from "postgres";

type Row = { id: string; name: string; brand: string; short_description: string; updated_at: string };
type Page = { data: Row[]; next_cursor: string | null; corrected?: unknown; completed?: true };

const sql = postgres(Deno.env.get("SUPABASE_DB_URL") ?? "", { max: 2, onnotice: () => {} });

async function createVendor(): Promise<string> {
  const code = `find-${crypto.randomUUID().slice(0, 8)}`;
  const [row] = await sql<{ id: string }[]>`select v.id from public.create_vendor(${code}, ${code}) as v`;
  return row!.id;
}

async function call<T>(vendorId: string, statement: string, given: unknown): Promise<T> {
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_operator" };
  const [row] = await sql<{ body: string }[]>`
    select body from app.call_as(${sql.json(claims)}, ${statement}, ${sql.json(given as postgres.JSONValue)})`;
  return JSON.parse(row!.body) as T;
}

const search = (vendorId: string, given: Record<string, unknown>) =>
  call<Page>(
    vendorId,
    `select public.search_products(q => g.q, cursor => g.cursor, page_limit => g.page_limit, sort => g.sort,
       prefix => g.prefix, facets => g.facets, highlight => g.highlight)
     from jsonb_to_record($1) as g(q text, cursor text, page_limit int, sort text, prefix boolean, facets text[],
       highlight boolean)`,
    given,
  );

const upsert = (vendorId: string, items: unknown) => call(vendorId, "select public.upsert_products($1)", items);

const words = ["oat", "oats", "milk", "rye", "tea"];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((list) => list.join(" "));
const item = fc.record({
  external_id: fc.nat(60).map(String),
  name: text,
  brand: text,
  short_description: text,
});

/** Where a row stands for these words, the last one perhaps unfinished: 0 name, 1 name or brand, 2 anywhere; else null. */
function tierOf(row: Row, asked: string[], prefix: boolean): number | null {
  const has = (given: string[], word: string, last: boolean) =>
    given.some((one) => last && prefix ? one.startsWith(word) : one === word);
  const all = (value: string) => asked.every((word, at) => has(value.split(" "), word, at === asked.length - 1));
  const sections = [row.name, `${row.name} ${row.brand}`, `${row.name} ${row.brand} ${row.short_description}`];
  const tier = sections.findIndex(all);
  return tier < 0 ? null : tier;
}

/** All that a search finds now, in order. */
async function model(vendorId: string, asked: string[], prefix: boolean, sort: string) {
  const rows = await sql<Row[]>`
    select id, name, brand, short_description,
      to_char(updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as updated_at
    from public.products where vendor_id = ${vendorId} and soft_deleted_at is null`;
  return rows.map((row) => ({ row, tier: tierOf(row, asked, prefix) }))
    .filter(({ tier }) => tier !== null)
    .map(({ row, tier }) => ({ id: row.id, key: keyOf(sort === "relevance" ? tier! : 0, row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Text that sorts as (tier, newest change, greatest id). */
function keyOf(tier: number, row: Row): string {
  const backwards = (value: string) =>
    [...value].map((char) => String.fromCharCode(0xffff - char.charCodeAt(0))).join("");
  return `${tier} ${backwards(row.updated_at)} ${backwards(row.id)}`;
}

for (const walked of [false, true]) {
  Deno.test(`pages ${walked ? "walked" : "by the index"} are those of a brute-force model, whatever is written between`, async () => {
    const vendorId = await createVendor();
    await upsert(vendorId, fc.sample(item, { numRuns: 80, seed: 7 }));
    if (walked) {
      // Counts that make every search worth walking, and some tiers not.
      await sql`
        insert into app.catalog_statistics (vendor_id, products) values (${vendorId}, 100000)
        on conflict (vendor_id) do update set products = excluded.products`;
      await sql`
        insert into app.catalog_lexemes (vendor_id, lexeme, anywhere, in_name, in_name_or_brand)
        select ${vendorId}, w, 90000, case when w = 'tea' then 5 else 80000 end, 85000 from unnest(${words}::text[]) as w`;
    }
    const question = fc.record({
      asked: fc.uniqueArray(fc.constantFrom("oat", "milk", "rye", "tea"), { minLength: 1, maxLength: 2 }),
      prefix: fc.boolean(),
      sort: fc.constantFrom("relevance", "-updated_at"),
      page_limit: fc.integer({ min: 1, max: 9 }),
    });
    const changes = fc.array(item, { maxLength: 3 });
    for (const { asked, prefix, sort, page_limit } of fc.sample(question, 12)) {
      let cursor: string | null = null;
      let last = "";
      for (let page = 0; page < 6; page++) {
        const expected = (await model(vendorId, asked, prefix, sort)).filter(({ key }) => key > last);
        const answer: Page = await search(vendorId, { q: asked.join(" "), prefix, sort, page_limit, cursor });
        deepStrictEqual(answer.data.map(({ id }) => id), expected.slice(0, page_limit).map(({ id }) => id));
        strictEqual(answer.next_cursor !== null, expected.length > page_limit);
        cursor = answer.next_cursor;
        if (cursor === null) break;
        last = expected[page_limit - 1]!.key;
        const written = fc.sample(changes, 1)[0]!;
        if (written.length > 0) await upsert(vendorId, written);
      }
    }
  });
}

Deno.test("nothing that anybody types is an error, with every option", async () => {
  const vendorId = await createVendor();
  await upsert(vendorId, [
    { external_id: "1", name: "Crème brûlée", brand: "Dr.Oetker", short_description: `"quoted" & it's <b>` },
    { external_id: "2", name: "Oat-milk 3.5 %", brand: "L’Été" },
  ]);
  const piece = fc.constantFrom(
    ..."'\"\\|&!:*()<>-~@#% \t\n/.,;=_",
    ...["or", " or ", "-", "OR", "''", '""', ":*", "<->", "\\'", "crème", "cremme", "oat", "ota", "œuf", "ŉ", "ß", "İ"],
    ...[
      "\u0301",
      "\u200b",
      "\u2028",
      "😀",
      "漢字",
      "e\u0301",
      "ﬁ",
      "‘",
      "“",
      "b=",
      "a=milk",
      "n=oat",
      "3.5",
      "1e9",
      "a.b@c.de",
    ],
  );
  const typed = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((list) => list.join("")),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.string({ unit: "binary", maxLength: 60 }),
    // Sixteen times the same mistake must not cost sixteen times as much.
    fc.array(fc.string({ minLength: 3, maxLength: 9 }), { maxLength: 16 }).map((list) => list.join(" ")),
  ).map((value) => value.replaceAll("\0", "").toWellFormed());
  const question = fc.record({
    q: typed,
    prefix: fc.constantFrom(true, false, null),
    highlight: fc.boolean(),
    facets: fc.subarray(["brand", "category", "tags"]),
    page_limit: fc.constantFrom(1, 20),
  });
  await fc.assert(
    fc.asyncProperty(question, async (given) => {
      const page = await search(vendorId, given);
      ok(Array.isArray(page.data), given.q);
      if (page.next_cursor) await search(vendorId, { ...given, cursor: page.next_cursor });
    }),
    { numRuns: 200 },
  );
});

globalThis.addEventListener("unload", () => void sql.end({ timeout: 0 }));
