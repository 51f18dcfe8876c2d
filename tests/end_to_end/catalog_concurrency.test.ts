/** Writers and readers of one catalogue at the same time: no deadlock, no lost update, no barcode with two owners. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as fc from "fast-check";
import postgres from "postgres";

type Answer = { inserted: number; updated: number; unchanged: number; failed: number; errors: { code: string }[] };
type Page = { data: { id: string; external_id: string }[]; next_cursor: string | null };

const sql = postgres(Deno.env.get("SUPABASE_DB_URL") ?? "", { max: 8, onnotice: () => {} });

async function createVendor(): Promise<string> {
  const code = `race-${crypto.randomUUID().slice(0, 8)}`;
  const [row] = await sql<{ id: string }[]>`select v.id from public.create_vendor(${code}, ${code}) as v`;
  return row!.id;
}

async function ask<T>(
  vendorId: string,
  question: (tx: postgres.TransactionSql) => Promise<readonly { answer: T }[]>,
): Promise<T> {
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_operator" };
  const rows = await sql.begin(async (tx) => {
    await tx`select app.enter_request(${sql.json(claims)})`;
    return await question(tx);
  });
  return rows[0]!.answer;
}

const upsert = (vendorId: string, items: postgres.JSONValue[]): Promise<Answer> =>
  ask<Answer>(vendorId, (tx) => tx<{ answer: Answer }[]>`select public.upsert_products(${sql.json(items)}) as answer`);

/** Looks until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2000; i++) if (await isSo()) return;
  throw new Error("it never became so");
}

/** Barcodes carried by more than one living product. */
async function sharedBarcodes(vendorId: string): Promise<number> {
  const rows = await sql`
    select lpad(p.barcode, 14, '0') from public.products as p
    where p.vendor_id = ${vendorId} and p.soft_deleted_at is null and p.barcode is not null
    group by 1 having count(*) > 1`;
  return rows.length;
}

Deno.test("upserts of the same new products at once insert each once", async () => {
  const vendorId = await createVendor();
  const items = Array.from({ length: 300 }, (_, n) => ({ external_id: `k${n}`, name: `Name ${n}` }));
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => upsert(vendorId, n % 2 === 0 ? items : items.toReversed())),
  );
  strictEqual(answers.reduce((sum, answer) => sum + answer.inserted, 0), 300);
  for (const answer of answers) strictEqual(answer.failed, 0);
});

Deno.test("partial upserts of one product at once lose nothing", async () => {
  const vendorId = await createVendor();
  const fields = ["brand", "description", "ingredients", "serving_size", "package_weight"];
  await Promise.all(fields.map((field) => upsert(vendorId, [{ external_id: "one", name: "One", [field]: field }])));
  const page = await ask<{ data: Record<string, unknown>[] }>(
    vendorId,
    (tx) => tx<{ answer: { data: Record<string, unknown>[] } }[]>`select public.search_products() as answer`,
  );
  deepStrictEqual(fields.map((field) => page.data[0]![field]), fields);
});

Deno.test("requests that swap, take and free barcodes at once end in answers, never in two owners", async () => {
  const vendorId = await createVendor();
  const barcodes = ["96385074", "036000291452", "4006381333931", "10012345678902"];
  const keys = ["a", "b", "c", "d"];
  await upsert(vendorId, keys.map((key, n) => ({ external_id: key, name: key, barcode: barcodes[n]! })));
  const item = fc.record({
    external_id: fc.constantFrom(...keys),
    name: fc.constant("n"),
    barcode: fc.constantFrom(...barcodes, null),
  });
  for (
    const batches of fc.sample(
      fc.array(fc.array(item, { minLength: 1, maxLength: 4 }), { minLength: 6, maxLength: 6 }),
      12,
    )
  ) {
    const answers = await Promise.all(batches.map((items) => upsert(vendorId, items)));
    for (const answer of answers) {
      for (const error of answer.errors) ok(["barcode_taken", "superseded"].includes(error.code), error.code);
    }
    strictEqual(await sharedBarcodes(vendorId), 0);
  }
});

Deno.test("a product that keeps its barcode while another call gives it away is not written with it", async () => {
  const vendorId = await createVendor();
  const [gtin, other] = ["96385074", "036000291452"];
  await upsert(vendorId, [{ external_id: "x", name: "X", barcode: gtin }, { external_id: "y", name: "Y" }]);
  // X gives its barcode to Y, and has not committed when a second call, which saw it at X, rewrites X.
  const first = await sql.reserve();
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_operator" };
  let second: Promise<Answer> | undefined;
  try {
    await first`begin`;
    await first`select app.enter_request(${sql.json(claims)})`;
    const moved = [{ external_id: "x", barcode: other }, { external_id: "y", barcode: gtin }];
    await first`select public.upsert_products(${sql.json(moved)})`;
    second = upsert(vendorId, [{ external_id: "x", name: "New X", barcode: gtin }]);
    const [backend] = await first<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await until(async () =>
      (await sql`select from pg_stat_activity as a where ${backend!.pid} = any (pg_blocking_pids(a.pid))`).length > 0
    );
    await first`commit`;
  } finally {
    first.release();
  }
  deepStrictEqual((await second).errors.map((error) => error.code), ["barcode_taken"]);
  strictEqual(await sharedBarcodes(vendorId), 0);
});

Deno.test("a call does not wait for another call of the vendor that writes other products", async () => {
  const vendorId = await createVendor();
  await sql.begin(async (tx) => {
    await tx`
      insert into public.stg_products (batch_id, row_no, vendor_id, external_id, name)
      values (${vendorId}, 1, ${vendorId}, 'slow', 'Slow')`;
    // What a batch of a file does until shortly before it commits.
    await tx`select app.open_merge(), app.translate_staged_lists(${vendorId}, ${vendorId}),
      app.translate_staged_terms(${vendorId}, ${vendorId}, 'file'),
      app.check_staged_products(${vendorId}, ${vendorId}, 'file', null),
      app.apply_checked_products(${vendorId}, null, 'file', 'csv')`;
    strictEqual((await upsert(vendorId, [{ external_id: "quick", name: "Quick" }])).inserted, 1);
  });
  strictEqual((await upsert(vendorId, [{ external_id: "slow", name: "Slow" }])).unchanged, 1);
});

Deno.test("pages under concurrent writes repeat nothing and miss nothing that stayed", async () => {
  const vendorId = await createVendor();
  const all = Array.from({ length: 400 }, (_, n) => `k${n}`);
  await upsert(vendorId, all.map((key) => ({ external_id: key, name: `Oat ${key}` })));
  const touched = new Set<string>();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string | null = cursor;
    const page: Page = await ask<Page>(
      vendorId,
      (tx) =>
        tx<{ answer: Page }[]>`select public.search_products('oat', cursor => ${after}, page_limit => 30) as answer`,
    );
    seen.push(...page.data.map((row) => row.external_id));
    cursor = page.next_cursor;
    const changed = fc.sample(fc.constantFrom(...all), 5);
    changed.forEach((key) => touched.add(key));
    await upsert(
      vendorId,
      [...new Set(changed)].map((key) => ({ external_id: key, price: Math.floor(Math.random() * 1e4) / 100 })),
    );
  } while (cursor !== null);
  strictEqual(new Set(seen).size, seen.length);
  deepStrictEqual(all.filter((key) => !touched.has(key) && !seen.includes(key)), []);
});

Deno.test("a cursor changed in any place is refused", async () => {
  const vendorId = await createVendor();
  await upsert(vendorId, [{ external_id: "a", name: "A" }, { external_id: "b", name: "B" }]);
  const search = (cursor: string | null) =>
    ask<Page>(
      vendorId,
      (tx) => tx<{ answer: Page }[]>`select public.search_products(cursor => ${cursor}, page_limit => 1) as answer`,
    );
  const cursor = (await search(null)).next_cursor!;
  strictEqual((await search(cursor)).data.length, 1);
  const forged = fc.sample(
    fc.oneof(
      fc.tuple(fc.nat(), fc.constantFrom(..."Aa0_-.!")).map(([place, char]) => {
        const at = place % cursor.length;
        return cursor.slice(0, at) + char + cursor.slice(at + 1);
      }),
      fc.string(),
    ),
    60,
  ).map((text) => text.replaceAll("\0", "")).filter((text) => text !== cursor);
  for (const text of forged) {
    const code = await search(text).then(() => "passed", (error) => error.code);
    strictEqual(code, "PT400", text);
  }
});

globalThis.addEventListener("unload", () => void sql.end({ timeout: 0 }));
