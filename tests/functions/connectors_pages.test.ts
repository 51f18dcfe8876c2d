/** How pages are asked for, read and flattened into cells. */
import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import type { Connector, Next } from "../../functions/_shared/connectors/connector.ts";
import { nextPage } from "../../functions/_shared/connectors/next_page.ts";
import { pageUrl } from "../../functions/_shared/connectors/page_request.ts";
import { parseJson } from "../../functions/_shared/connectors/parse_json.ts";
import { readPage } from "../../functions/_shared/connectors/read_page.ts";
import { flatten, recordsOf } from "../../functions/_shared/connectors/records.ts";

const connectorWith = (given: Partial<Connector>): Connector => ({
  id: "1",
  source: "s",
  base_url: "https://api.example.com/items?lang=en",
  auth: { type: "none" },
  paging: { type: "none" },
  record_path: "items",
  explode: null,
  unwrap: [],
  mapping: {},
  increments: null,
  max_pages: 10,
  updated_at: "",
  ...given,
});

const cells = (record: Parameters<typeof flatten>[0], unwrap: string[] = []) =>
  Object.fromEntries(flatten(record, unwrap));

Deno.test("flatten: members with dots between, lists in one cell, nothing as a blank cell", () => {
  deepStrictEqual(
    cells({
      a: 1,
      b: { c: "x", d: { e: true } },
      tags: ["p", "q"],
      none: null,
      empty: [],
      pics: [{ u: "1" }, { u: "2" }],
    }),
    { "a": "1", "b.c": "x", "b.d.e": "true", "tags": "p, q", "none": "", "empty": "", "pics.u": "1, 2" },
  );
  deepStrictEqual(cells({ t: ["a, b", "c"], one: ["a, b"] }), { t: '["a, b","c"]', one: "a, b" });
  deepStrictEqual(cells({ fat: "own", n: { fat: 3, salt: 1 } }, ["n"]), { fat: "own", salt: "1" });
});

Deno.test("flatten: of any record every cell is text, and every leaf is in one", () => {
  const leaf = fc.stringMatching(/^[a-z]{3,8}$/);
  const tree = fc.letrec((tie) => ({
    node: fc.oneof({ depthSize: "small", maxDepth: 5 }, leaf, fc.array(tie("node")), fc.dictionary(leaf, tie("node"))),
  })).node;
  const leavesOf = (value: unknown): string[] =>
    typeof value === "string" ? [value] : Object.values(value as object).flatMap(leavesOf);
  fc.assert(fc.property(fc.dictionary(leaf, tree), (record) => {
    const text = [...flatten(record as Parameters<typeof flatten>[0], []).values()].join(" ").match(/[a-z]+/g) ?? [];
    deepStrictEqual(text.sort(), leavesOf(record).sort());
  }));
});

Deno.test("records: found by their path, divided by a list in them; what is no list is a fault", () => {
  const shop = connectorWith({ record_path: "data.products", explode: "variants" });
  const page = { data: { products: [{ id: 1, variants: [{ sku: "a" }, { sku: "b" }] }, { id: 2, variants: [] }] } };
  deepStrictEqual(recordsOf(shop, page).map((row) => cells(row)), [
    { "id": "1", "variants.sku": "a" },
    { "id": "1", "variants.sku": "b" },
    { id: "2", variants: "" },
  ]);
  const inner = connectorWith({ explode: "offer.variants" });
  const items = [{ id: 1, offer: { brand: "x", variants: [{ sku: "a" }, { sku: "b" }] } }, { id: 2, offer: null }];
  deepStrictEqual(recordsOf(inner, { items }).map((row) => cells(row)), [
    { "id": "1", "offer.brand": "x", "offer.variants.sku": "a" },
    { "id": "1", "offer.brand": "x", "offer.variants.sku": "b" },
    { id: "2", offer: "" },
  ]);
  deepStrictEqual(recordsOf(connectorWith({ record_path: "" }), [{ a: 1 }]), [{ a: 1 }]);
  const fault = (given: Partial<Connector>, body: unknown, detail: RegExp) =>
    throws(() => recordsOf(connectorWith(given), body), { code: "schema_drift", detail });
  fault({}, { results: [], count: 3 }, /member items is no list. The answer has: results, count\./);
  fault({ record_path: "" }, null, /The answer is no list/);
  fault({}, { items: [1, 2] }, /something else than records/);
  fault({ record_path: "__proto__.x" }, {}, /is no list/);
});

Deno.test("JSON: long numbers stay as written, what Postgres cannot hold is replaced, half an answer is a fault", () => {
  deepStrictEqual(parseJson('{"id": 12345678901234567890, "n": 1234567890123456, "x": 0.1234567890123456789}'), {
    id: "12345678901234567890",
    n: 1234567890123456,
    x: 0.1234567890123456789,
  });
  deepStrictEqual(parseJson(String.raw`{"a\u0000": "b\u0000\ud800c", "ok": "\ud83d\ude00"}`), {
    "a\uFFFD": "b\uFFFD\uFFFDc",
    ok: "\u{1F600}",
  });
  throws(() => parseJson('{"items": [{"a": '), { name: "SourceUnavailable" });
});

const next = (paging: Connector["paging"], seen: object, given: Partial<Connector> = {}) =>
  nextPage(connectorWith({ paging, ...given }), {
    pageNo: 1,
    records: 2,
    recordsBefore: 0,
    current: null,
    page: {},
    link: null,
    ...seen,
  });

Deno.test("paging: every kind goes on and ends", () => {
  strictEqual(next({ type: "none" }, {}), null);
  const page = { type: "page", param: "p", total_path: "meta.count" } as const;
  deepStrictEqual(next(page, {}), { value: "2" });
  deepStrictEqual(next({ ...page, first: 0 }, {}), { value: "1" });
  deepStrictEqual(next(page, { pageNo: 2, current: { value: "2" }, page: { meta: { count: 5 } }, recordsBefore: 2 }), {
    value: "3",
  });
  strictEqual(next(page, { page: { meta: { count: 4 } }, recordsBefore: 2 }), null);
  strictEqual(next(page, { records: 0 }), null);
  deepStrictEqual(next({ type: "offset", param: "o" }, { recordsBefore: 4 }), { value: "6" });
  const cursor = { type: "cursor", param: "c", next_path: "n" } as const;
  deepStrictEqual(next(cursor, { page: { n: "abc" } }), { value: "abc" });
  for (const end of [{}, { n: null }, { n: "" }, { n: false }]) strictEqual(next(cursor, { page: end }), null);
  throws(() => next(cursor, { page: { n: {} } }), { code: "schema_drift" });
  deepStrictEqual(next({ type: "cursor", next_path: "n" }, { page: { n: "https://x/2" } }), { url: "https://x/2" });
  throws(() => next(page, { pageNo: 10 }), { code: "too_many_pages" });
});

Deno.test("paging: the next link of a Link header, in the forms of RFC 8288", () => {
  const cases: [string | null, Next | null][] = [
    ['<https://x/a?p=1>; rel="previous", <https://x/b?p=2,3>; rel="next"', { url: "https://x/b?p=2,3" }],
    ['<b>; title="a, b; c"; rel=next', { url: "b" }],
    ['<b>; rel="last next"', { url: "b" }],
    ['<b>; REL="NEXT"', { url: "b" }],
    ['<b>; rel="nextish"', null],
    ['<b>; title="rel=next"', null],
    ["", null],
    [null, null],
  ];
  for (const [link, expected] of cases) {
    deepStrictEqual(next({ type: "link_header" }, { link }), expected, String(link));
  }
});

Deno.test("addresses: parameters of paging, size and increments; no page of another server", () => {
  const connector = connectorWith({
    paging: { type: "cursor", param: "c", next_path: "n", size_param: "limit", size: 50 },
    increments: { param: "since", format: "unix" },
  });
  const url = (next: Next | null, updatedAfter: string | null = null, given = {}) =>
    pageUrl({ ...connector, ...given }, { next, updatedAfter }).href;
  strictEqual(url(null), "https://api.example.com/items?lang=en&limit=50");
  strictEqual(
    url({ value: "a&b" }, "2026-01-31T00:00:00.123456+01:00"),
    "https://api.example.com/items?lang=en&since=1769814000&limit=50&c=a%26b",
  );
  strictEqual(
    url(null, "2026-01-31T00:00:00+01:00", { increments: { param: "s", format: "date" }, paging: { type: "none" } }),
    "https://api.example.com/items?lang=en&s=2026-01-30",
  );
  strictEqual(url({ url: "/items?page=2" }), "https://api.example.com/items?page=2");
  for (const foreign of ["https://evil.example/", "http://api.example.com/", "https://u:p@api.example.com/", "//x/"]) {
    throws(() => url({ url: foreign }), { code: "foreign_page" }, foreign);
  }
});

Deno.test("pages: columns keep their places as more members appear", async () => {
  const read = async (items: object[], headers: string[]) =>
    await readPage(connectorWith({}), {
      ...{ pageNo: 1, rowsBefore: 3, recordsBefore: 3, headers, current: null, link: null },
      page: { items },
    });
  const first = await read([{ a: 1 }, { b: 2, a: 3 }], []);
  deepStrictEqual(first.headers, ["a", "b"]);
  const second = await read([{ c: 4, b: 5 }], first.headers);
  deepStrictEqual(second.headers, ["a", "b", "c"]);
  deepStrictEqual(second.rows, [{ row_no: 4, cells: [null, "5", "4"] }]);
  const wide = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`m${i}`, i]));
  const bounded = await readPage(connectorWith({ mapping: { m2999: { field: "name" } } }), {
    ...{ pageNo: 1, rowsBefore: 0, recordsBefore: 0, headers: [], current: null, link: null },
    page: { items: [wide] },
  });
  strictEqual(bounded.headers.length, 1000);
  strictEqual(bounded.headers[0], "m2999");
  await rejects(read([1 as unknown as object], []), { code: "schema_drift" });
});
