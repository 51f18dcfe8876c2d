/** Connectors from their configuration to the catalogue, against servers that speak the shapes of the presets. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "deno-std/csv/parse.js";
import { get, productsOf, put, searchOf, shopOf, startSource, startSync, sync } from "./connector_source.ts";
import { api, ingest } from "./ingest_client.ts";
import { connect, createPerson } from "./people.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const ada = await createPerson("ada", { role: "vendor_admin", vendor: "sync" });
const olga = { ...await createPerson("olga", { role: "vendor_operator", vendor: "sync" }) };
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "sync-other" });

const withSource =
  (test: (source: ReturnType<typeof startSource>, sql: ReturnType<typeof connect>) => Promise<void>) => async () => {
    const source = startSource();
    const sql = connect();
    try {
      await test(source, sql);
    } finally {
      await source.stop();
      await sql.end();
    }
  };

/** The i-th barcode, with its check digit. */
function barcode(i: number): string {
  const digits = String(300_000_000_000 + i);
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return digits + (10 - sum % 10) % 10;
}

/** Made-up foods as Open Food Facts shows them. */
const food = (i: number): Json => ({
  code: barcode(i),
  product_name: `Food ${i}`,
  brands: "Brand, Other brand",
  ingredients_text: "oats, _milk_",
  allergens_tags: ["en:milk", "en:nuts"],
  nutriments: { "energy-kcal_100g": 100 + i, "salt_100g": 1, "fat_100g": 2.5, "fat_unit": "g" },
  image_url: `https://images.example.org/${i}.jpg`,
  url: `https://world.example.org/product/${i}`,
});

Deno.test(
  "connectors: each test asks the source, whatever its Idempotency-Key",
  withSource(async (source) => {
    source.answer("/api/v2/search", searchOf([food(0)]));
    const base_url = `${source.url}/api/v2/search`;
    strictEqual(
      (await put(ada, "keyed", { preset: "open_food_facts", base_url, rate_limit_rpm: 6000 })).status,
      200,
    );
    for (const records of [1, 2]) {
      source.answer("/api/v2/search", searchOf(Array.from({ length: records }, (_, i) => food(i))));
      const headers = { "Idempotency-Key": "the same" };
      const tested = await api.ask<Json>("POST", "/v1/connectors/keyed/test", { token: ada.token, headers });
      deepStrictEqual(
        [tested.status, tested.body.records, tested.headers.has("idempotent-replayed")],
        [200, records, false],
      );
    }
    await api.ask("DELETE", "/v1/connectors/keyed", { token: ada.token });
  }),
);

Deno.test(
  "connectors: Open Food Facts' search by its preset: tested, synced, synced again for nothing",
  withSource(async (source, sql) => {
    const foods = Array.from({ length: 250 }, (_, i) => food(i));
    const tags = new Map<string, string>();
    source.answer("/api/v2/search", async (asked, count) => {
      const answer = await (await searchOf(foods)(asked, count)).text();
      const tag = tags.get(asked.url.search) ?? `"${tags.size}"`;
      tags.set(asked.url.search, tag);
      const headers = { "content-type": "application/json", etag: tag };
      return asked.headers.get("if-none-match") === tag
        ? new Response(null, { status: 304, headers })
        : new Response(answer, { headers });
    });
    const config = {
      preset: "open_food_facts",
      base_url: `${source.url}/api/v2/search?fields=code`,
      rate_limit_rpm: 6000,
    };
    const made = await put(ada, "off", config);
    deepStrictEqual([made.status, made.body.paging.param, made.body.state.status], [200, "page", "idle"]);

    const tested = await api.ask<Json>("POST", "/v1/connectors/off/test", { token: ada.token });
    deepStrictEqual([tested.status, tested.body.error, tested.body.records, tested.body.total, tested.body.has_next], [
      ...[200, null, 100, 250, true],
    ]);
    const stored = tested.body.rows[0].stored;
    deepStrictEqual([
      stored.name,
      stored.brand,
      stored.allergens,
      stored.nutrition.calories,
      stored.nutrition.sodium_mg,
    ], [
      ...["Food 0", "Brand", ["milk", "tree_nuts"], 100, 400],
    ]);
    strictEqual((await productsOf(sql, ada)).size, 0, "a test writes nothing");

    const job = await sync(olga, "off", sql);
    deepStrictEqual([job.status, job.error, job.mode, job.progress_pct], ["completed", null, "api_sync", 100]);
    deepStrictEqual([job.totals.rows_read, job.totals.inserted, job.totals.rows_failed], [250, 250, 0]);
    deepStrictEqual(source.at("/api/v2/search").slice(1).map(({ url }) => url.search), [
      "?fields=code&page_size=100&page=1",
      "?fields=code&page_size=100&page=2",
      "?fields=code&page_size=100&page=3",
    ]);
    deepStrictEqual((await productsOf(sql, ada)).get(food(7).code)?.name, "Food 7");
    const state = (await get(olga, "off")).body.state;
    deepStrictEqual([state.status, state.job_id], ["completed", job.id]);

    foods[0] = { ...foods[0], product_name: "Renamed" };
    tags.set("?fields=code&page_size=100&page=1", '"new"');
    const again = await sync(olga, "off", sql);
    deepStrictEqual([again.totals.updated, again.totals.unchanged, again.totals.rows_read], [1, 249, 250]);
    const [raw] = await sql`
      select count(*)::int as pages, count(distinct page_id)::int as addresses from public.stg_vendor_raw
      where vendor_id = ${ada.vendorId} and source = 'off'`;
    deepStrictEqual({ ...raw }, { pages: 4, addresses: 3 }, "pages that the source confirmed are not stored again");
  }),
);

Deno.test(
  "connectors: a shop by its preset: key, Link header, variants, and then only what changed",
  withSource(async (source, sql) => {
    const products = Array.from({ length: 12 }, (_, i) => ({
      ...{
        id: 632910392 + i,
        title: `Bar ${i}`,
        vendor: "Maker",
        product_type: "Snacks",
        handle: `bar-${i}`,
        tags: "",
      },
      ...{ body_html: `<p>Good &amp; plain <b>${i}</b></p>`, status: i === 3 ? "draft" : "active" },
      ...{ updated_at: "2020-01-01T00:00:00-05:00", images: [{ id: 1, src: `https://cdn.example.com/${i}.png` }] },
      variants: [1, 2].map((size) => ({
        id: 9007199254740993 + 10 * i + size,
        sku: `B${i}-${size}`,
        price: `${size}.50`,
      })),
    }));
    source.answer("/admin/products.json", shopOf(products, "shpat_1"));
    const config = {
      ...{ preset: "shopify", base_url: `${source.url}/admin/products.json`, rate_limit_rpm: 6000 },
      ...{ auth: { type: "api_key", key: "shpat_0" }, paging: { type: "link_header", size: 5 } },
      mapping: { "variants.sku": { field: "external_id" }, "variants.id": null },
    };
    await put(ada, "shop", config);
    const refused = await api.ask<Json>("POST", "/v1/connectors/shop/test", { token: ada.token });
    strictEqual(refused.body.error.code, "credentials_refused");
    const { body } = await put(ada, "shop", { ...config, auth: { type: "api_key", key: "shpat_1" } });
    ok(!JSON.stringify(body).includes("shpat"), "the key is not shown");

    const job = await sync(olga, "shop", sql);
    deepStrictEqual([job.error, job.totals.rows_read, job.totals.inserted], [null, 24, 24]);
    strictEqual(source.at("/admin/products.json").length, 4);
    const found = (await productsOf(sql, ada)).get("B3-2");
    deepStrictEqual([found?.name, found?.brand, found?.price, found?.status, found?.description], [
      ...["Bar 3", "Maker", "2.50", "inactive", "Good & plain 3"],
    ]);

    products[5] = { ...products[5]!, title: "Bar five", updated_at: new Date().toISOString() };
    const increment = await sync(olga, "shop", sql);
    deepStrictEqual([increment.totals.rows_read, increment.totals.updated], [2, 2]);
    match(source.at("/admin/products.json").at(-1)!.url.search, /updated_at_min=20\d\d-/);
    strictEqual((await sync(olga, "shop", sql, { whole: true })).totals.unchanged, 24);
  }),
);

Deno.test(
  "connectors: of syncs started together one runs; it can be canceled; other vendors find nothing",
  withSource(async (source, sql) => {
    let release = () => {};
    const held = new Promise<void>((done) => release = done);
    source.answer("/items", async () => {
      await held;
      return Response.json([{ sku: "late", name: "Late" }]);
    });
    await put(bob, "slow", { base_url: `${source.url}/items` });
    const answers = await Promise.all([1, 2, 3].map(() => startSync(bob, "slow")));
    deepStrictEqual(answers.map(({ status }) => status).sort(), [202, 409, 409]);
    const job = answers.find(({ status }) => status === 202)!.body;
    ok(answers.find(({ status }) => status === 409)!.body.detail.includes(job.id));
    for (const [verb, path] of [["GET", ""], ["DELETE", ""], ["POST", "/test"], ["POST", "/sync"]] as const) {
      const { status } = await api.ask(verb, `/v1/connectors/slow${path}`, { token: ada.token });
      strictEqual(status, 404, `${verb} ${path}`);
    }
    const canceled = await api.ask<Json>("POST", `/v1/jobs/${job.id}/cancel`, { token: bob.token });
    release();
    deepStrictEqual([canceled.status, canceled.body.status], [200, "canceled"]);
    strictEqual((await get(bob, "slow")).body.state.status, "canceled");
    strictEqual((await sync(bob, "slow", sql)).totals.inserted, 1);
    strictEqual((await api.ask("DELETE", "/v1/connectors/slow", { token: bob.token })).status, 204);
    strictEqual((await get(bob, "slow")).status, 404);
  }),
);

Deno.test("connectors: what is configured is checked, place by place", async () => {
  const places = async (config: Json) => {
    const { status, body } = await put(ada, "bad", config);
    return [status, ...(body.errors ?? []).map(({ pointer }: Json) => pointer).sort()];
  };
  deepStrictEqual(await places({}), [400, "/base_url"]);
  deepStrictEqual(await places({ base_url: "https://10.0.0.1/x" }), [400, "/base_url"]);
  deepStrictEqual(await places({ base_url: "https://u:p@example.com/" }), [400, "/base_url"]);
  deepStrictEqual(await places({ base_url: "https://example.com/", auth: { type: "basic" } }), [400, "/auth/username"]);
  deepStrictEqual(await places({ base_url: "https://example.com/", extra: 1 }), [400, "/extra"]);
  const { status } = await api.ask("PUT", "/v1/connectors/Not%20a%20word", { token: ada.token, body: {} });
  strictEqual(status, 400);
});

const folder = Deno.env.get("ODYSSEY_SAMPLE_DATA") ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const sample = `${folder}/off_search_2021_lecithin.csv`;
const present = existsSync(sample);

Deno.test({
  name: present
    ? "connectors: real foods come out of an API as they do out of a file"
    : `connectors: real foods (skipped: no sample data at ${folder}; see ODYSSEY_SAMPLE_DATA)`,
  ignore: !present,
  fn: withSource(async (source, sql) => {
    const file = readFileSync(sample);
    const records = parse(new TextDecoder().decode(file), { skipFirstRow: true }) as Record<string, string>[];
    source.answer(
      "/search",
      searchOf(records.map((record) => {
        const entries = Object.entries(record);
        const isNutrient = ([name]: [string, string]) => /_(100g|serving)$/.test(name);
        return {
          ...Object.fromEntries(entries.filter((entry) => !isNutrient(entry))),
          nutriments: Object.fromEntries(entries.filter(isNutrient)),
        };
      })),
    );
    const mia = await createPerson("mia", { role: "vendor_admin", vendor: "sync-api" });
    const kim = await createPerson("kim", { role: "vendor_admin", vendor: "sync-file" });
    await put(mia, "off", { preset: "open_food_facts", base_url: `${source.url}/search`, rate_limit_rpm: 6000 });
    const [synced, ingested] = await Promise.all([sync(mia, "off", sql), ingest(kim, file)]);
    deepStrictEqual([synced.error, synced.totals.rows_read], [null, records.length]);
    deepStrictEqual(
      [synced.totals.inserted, synced.totals.rows_failed],
      [ingested.totals.inserted, ingested.totals.rows_failed],
    );
    deepStrictEqual(await productsOf(sql, mia), await productsOf(sql, kim));
  }),
});
