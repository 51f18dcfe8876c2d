/** Sources that misbehave: what passes leaves no trace, what does not ends the sync with a reason and a remedy. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { type Answer, get, productsOf, put, type Source, startSource, sync } from "./connector_source.ts";
import { api } from "./ingest_client.ts";
import { connect, createPerson, type Person } from "./people.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const calm = await createPerson("calm", { role: "vendor_admin", vendor: "calm" });
const struck = await createPerson("struck", { role: "vendor_admin", vendor: "struck" });

async function withSource(test: (source: Source, sql: ReturnType<typeof connect>) => Promise<void>): Promise<void> {
  const source = startSource();
  const sql = connect();
  try {
    await test(source, sql);
  } finally {
    await source.stop();
    await sql.end();
  }
}

/** 60 records in pages of 10; a few have no name, a bad price, or a key that came before. */
const records = Array.from({ length: 60 }, (_, i) => ({
  no: `A-${i % 55}`,
  name: i % 20 === 7 ? "" : `Item ${i}`,
  price: i % 20 === 9 ? "dear" : i / 4,
  allergens: i % 3 === 0 ? ["milk", "eggs"] : [],
}));

function pageOf({ url }: { url: URL }): Json {
  const from = Number(url.searchParams.get("cursor") ?? 0);
  return { items: records.slice(from, from + 10), next: from < 50 ? String(from + 10) : null };
}

Deno.test("connectors: 500, 429, half an answer, a page of HTML and an ended token in between change nothing", () =>
  withSource(async (source, sql) => {
    let token = 0;
    source.answer("/token", () => Response.json({ access_token: `t${++token}`, expires_in: 3600 }));
    source.answer("/calm", (asked) => Response.json(pageOf(asked)));
    const faults: Record<string, () => Response> = {
      "0": () => new Response("oops", { status: 500 }),
      "10": () => new Response(null, { status: 429, headers: { "retry-after": "90" } }),
      "20": () => new Response('{"items": [{"no": "A-20", "na', { headers: { "content-type": "application/json" } }),
      "30": () => new Response("<p>maintenance</p>", { headers: { "content-type": "text/html" } }),
      "40": () => new Response(null, { status: 503, headers: { "retry-after": "40" } }),
    };
    source.answer("/struck", (asked) => {
      // The token ends in the middle.
      const cursor = asked.url.searchParams.get("cursor") ?? "0";
      if (cursor === "50" && token === 1) return new Response(null, { status: 401 });
      if (asked.headers.get("authorization") !== `Bearer t${token}`) return new Response(null, { status: 403 });
      const fault = faults[cursor];
      delete faults[cursor];
      return fault?.() ?? Response.json(pageOf(asked));
    });
    const config = (path: string) => ({
      ...{
        base_url: `${source.url}/${path}`,
        record_path: "items",
        rate_limit_rpm: 6000,
        mapping: { no: { field: "external_id" } },
      },
      paging: { type: "cursor", param: "cursor", next_path: "next" },
    });
    await put(calm, "items", config("calm"));
    await put(struck, "items", {
      ...config("struck"),
      ...{
        auth: {
          type: "oauth2_client_credentials",
          token_url: `${source.url}/token`,
          client_id: "c",
          client_secret: "s",
        },
      },
    });
    const waits: number[] = [];
    const [undisturbed, disturbed] = await Promise.all([
      sync(calm, "items", sql),
      sync(struck, "items", sql, {}, waits),
    ]);
    deepStrictEqual([undisturbed.status, disturbed.status, disturbed.error], ["completed", "completed", null]);
    deepStrictEqual(disturbed.totals, undisturbed.totals);
    deepStrictEqual([disturbed.totals.rows_read, disturbed.totals.rows_failed, disturbed.attempt], [60, 6, 5]);
    const long = waits.filter((seconds) => seconds > 2);
    ok(long.length === 2 && long[0]! > 80 && long[1]! > 30 && long[1]! <= 40, `waited ${waits}`);
    const ids = await productsOf(sql, calm);
    strictEqual(ids.size, 49);
    deepStrictEqual(await productsOf(sql, struck), ids);
    const errors = async (person: Person, { id }: Json) =>
      (await api.ask<Json>("GET", `/v1/jobs/${id}/errors`, { token: person.token })).body.data;
    const told = await errors(struck, disturbed);
    deepStrictEqual(told, await errors(calm, undisturbed));
    deepStrictEqual(told[0].raw, { no: "A-7", name: "", price: "1.75", allergens: "" });
    strictEqual(token, 2, "a token is asked for once, and once more when it ended");
  }));

/** What a source does, what the connector says beside its address, and with what the sync ends. */
const ends: [name: string, answer: Answer, config: Json, code: string, rowsKept: number][] = [
  [
    "never-ends",
    ({ url }, count) => Response.json([{ sku: `n-${count}-${url.search.length}`, name: "N" }]),
    {
      ...{ paging: { type: "page", param: "page" }, max_pages: 3 },
    },
    "too_many_pages",
    2,
  ],
  [
    "ignores-paging",
    () => Response.json([{ sku: "same", name: "Same" }]),
    {
      paging: { type: "page", param: "p" },
    },
    "repeated_page",
    1,
  ],
  [
    "goes-in-circles",
    ({ url }, count) =>
      Response.json({ items: [{ sku: `c-${count}`, name: "C" }], next: url.searchParams.get("c") === "a" ? "b" : "a" }),
    {
      ...{ record_path: "items", paging: { type: "cursor", param: "c", next_path: "next" } },
    },
    "repeated_page",
    3,
  ],
  ["is-gone", () => new Response(null, { status: 410 }), {}, "source_refused", 0],
  ["moved", () => new Response(null, { status: 308, headers: { location: "http://127.0.0.1/" } }), {}, "redirected", 0],
  ["says-no", () => new Response(null, { status: 403 }), {}, "credentials_refused", 0],
  ["has-another-shape", () => Response.json({ results: [] }), { record_path: "items" }, "schema_drift", 0],
  ["has-no-keys", () => Response.json([{ colour: "red" }]), {}, "no_identity_column", 0],
  [
    "changes-its-fields",
    (_, count) =>
      Response.json(
        Array.from(
          { length: 5 },
          (_, i) => count === 1 ? { sku: `f-${i}`, name: "F" } : { article: `f-${i}`, name: "G" },
        ),
      ),
    { paging: { type: "page", param: "page" } },
    "schema_drift",
    5,
  ],
  [
    "sends-us-elsewhere",
    () => Response.json([{ sku: "e", name: "E" }], { headers: { link: '<https://evil.example/>; rel="next"' } }),
    {
      paging: { type: "link_header" },
    },
    "foreign_page",
    1,
  ],
  ["is-down", () => new Response(null, { status: 502 }), {}, "source_unavailable", 0],
  [
    "is-a-web-page",
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    {},
    "invalid_answer",
    0,
  ],
];

Deno.test("connectors: what does not pass ends the sync, says why, and keeps the pages before", () =>
  withSource(async (source, sql) => {
    const vera = await createPerson("vera", { role: "vendor_admin", vendor: "ends" });
    const limits = { user: 5000, vendor: 5000, ingest: 500 };
    await sql`update public.vendors set settings_json = ${
      sql.json({ rate_limits: limits })
    } where id = ${vera.vendorId}`;
    await Promise.all(ends.map(async ([name, answer, config, code, rowsKept]) => {
      source.answer(`/${name}`, answer);
      const made = await put(vera, name, { base_url: `${source.url}/${name}`, rate_limit_rpm: 6000, ...config });
      strictEqual(made.status, 200, made.text);
      const job = await sync(vera, name, sql);
      deepStrictEqual([name, job.status, job.error?.code, job.totals.inserted], [name, "failed", code, rowsKept]);
      ok(job.error.detail.length > 20 && job.error.remedy.length > 20);
      strictEqual((await get(vera, name)).body.state.status, "failed");
    }));
    strictEqual(source.at("/is-down").length, 7, "six times more, then no more");
    strictEqual(source.at("/moved").length, 1, "a redirect is not followed");
  }));
