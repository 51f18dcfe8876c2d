import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "acme" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "beta" });

const items = [
  {
    external_id: "oat",
    name: "Oat drink",
    brand: "Nordfield",
    price: "3.5",
    allergens: ["gluten"],
    free_from: ["milk"],
    dietary_tags: ["vegan"],
    barcode: "7394376616037",
    nutrition: { calories: 46 },
    nutrition_basis: "100g",
  },
  { external_id: "cow", name: "Cow milk", brand: "Meadow", price: 1.25, allergens: ["milk"] },
  { external_id: "unknown", name: "Milk chocolate", brand: "Nordfield" },
];

// deno-lint-ignore no-explicit-any
type Json = any;
const post = (body: unknown, query = {}, token = olga.token) => api.ask("POST", "/v1/products", { token, body, query });
const names = (body: Json) => body.data.map((row: Json) => row.name).sort();

Deno.test("products: a batch is inserted, repeated without effect, and changed row by row", async () => {
  const first = await post({ items });
  deepStrictEqual(pick(first.body), { received: 3, inserted: 3, updated: 0, unchanged: 0, failed: 0, errors: [] });
  const before = await api.ask("GET", "/v1/products", { token: vic.token });
  const again = await post({ items });
  deepStrictEqual(pick(again.body), { received: 3, inserted: 0, updated: 0, unchanged: 3, failed: 0, errors: [] });
  strictEqual(again.body.catalog_version, first.body.catalog_version);
  const after = await api.ask("GET", "/v1/products", { token: vic.token });
  deepStrictEqual(after.body, before.body);
  const changed = await post({ items: [{ ...items[1], price: "1.30" }, items[0]] });
  deepStrictEqual(pick(changed.body), { received: 2, inserted: 0, updated: 1, unchanged: 1, failed: 0, errors: [] });
});

function pick({ catalog_version: _, ...rest }: Json): Json {
  return rest;
}

Deno.test("products: bad items are reported by place, good ones applied; the last of equal ids wins", async () => {
  const { status, body } = await post({
    items: [
      { external_id: "x1", name: "X one" },
      { external_id: "x2" },
      { external_id: "x3", name: "X", price: "-1" },
      { external_id: "x1", name: "X two" },
      { external_id: "x4", name: "X", colour: "red" },
      "x5",
    ],
  });
  strictEqual(status, 200);
  deepStrictEqual([body.received, body.inserted, body.failed], [6, 1, 5]);
  const found = Object.fromEntries(body.errors.map((error: Json) => [error.index, error.pointer]));
  deepStrictEqual([found[1], found[2], found[4], found[5]], [
    "/items/1/name",
    "/items/2/price",
    "/items/4/colour",
    "/items/5",
  ]);
  strictEqual(body.errors.find((error: Json) => error.index === 0).code, "superseded");
  const list = await api.ask("GET", "/v1/products", { token: olga.token, query: { q: "two" } });
  deepStrictEqual(names(list.body), ["X two"]);
});

Deno.test("products: atomic applies all or none", async () => {
  const bad = { items: [{ external_id: "a1", name: "A" }, { external_id: "a2", name: "" }] };
  const refused = await post(bad, { atomic: true });
  strictEqual(refused.status, 400);
  strictEqual(refused.body.type, "/problems/invalid-items");
  strictEqual(refused.body.errors[0].pointer, "/items/1/name");
  const list = await api.ask("GET", "/v1/products", { token: olga.token, query: { q: "A" } });
  deepStrictEqual(list.body.data, []);
});

Deno.test("products: a batch that is no batch is refused whole", async () => {
  for (
    const body of [
      {},
      { items: [] },
      { items: "x" },
      { items: Array(10_001).fill({}) },
      { items: [{}], extra: 1 },
      [],
      null,
    ]
  ) {
    strictEqual((await post(body)).status, 400);
  }
  strictEqual(
    (await api.ask("POST", "/v1/products", { token: olga.token, body: "{", headers: { "Content-Type": "text/csv" } }))
      .status,
    415,
  );
  strictEqual((await api.ask("POST", "/v1/products", { token: olga.token, body: '{"items":' })).status, 400);
});

Deno.test("products: one is shown, patched, deleted, and comes back by upsert", async () => {
  const { body: list } = await api.ask("GET", "/v1/products", { token: vic.token, query: { q: "oat", limit: 1 } });
  const [product] = list.data;
  const path = `/v1/products/${product.id}`;
  const { body: shown } = await api.ask("GET", path, { token: vic.token });
  deepStrictEqual([shown.price, shown.gtin_type, shown.allergens], ["3.50", "GTIN-13", ["gluten"]]);
  const { body: patched } = await api.ask("PATCH", path, { token: olga.token, body: { price: 3.75, brand: null } });
  deepStrictEqual([patched.price, patched.brand, patched.name], ["3.75", null, "Oat drink"]);
  for (const body of [{}, { price: "cheap" }, { external_id: "other" }, { id: crypto.randomUUID() }, { nope: 1 }]) {
    strictEqual((await api.ask("PATCH", path, { token: olga.token, body })).status, 400, JSON.stringify(body));
  }
  strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 204);
  strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 404);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 404);
  strictEqual((await post({ items: [items[0]] })).body.failed, 0);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 200);
});

Deno.test("products: another vendor's are not there, and a viewer may not write", async () => {
  const { body } = await api.ask("GET", "/v1/products", { token: olga.token, query: { limit: 1 } });
  const path = `/v1/products/${body.data[0].id}`;
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const send = method === "PATCH" ? { body: { name: "stolen" } } : {};
    strictEqual((await api.ask(method, path, { token: bob.token, ...send })).status, 404);
  }
  deepStrictEqual((await api.ask("GET", "/v1/products", { token: bob.token })).body.data, []);
  strictEqual((await api.ask("DELETE", path, { token: vic.token })).status, 403);
  const refused = await post({ items }, {}, vic.token);
  strictEqual(refused.body.type, "/problems/insufficient-role");
});

Deno.test("products: filters, orders and pages", async () => {
  const list = async (query: Record<string, string | number>) =>
    (await api.ask("GET", "/v1/products", { token: vic.token, query })).body;
  deepStrictEqual(names(await list({ brand: "nordfield" })), ["Milk chocolate", "Oat drink"]);
  deepStrictEqual(names(await list({ "tags.any": "vegan,halal" })), ["Oat drink"]);
  // Nothing is known of the chocolate, so it is not free from milk.
  deepStrictEqual(names(await list({ "allergens.none": "milk" })), ["Oat drink"]);
  deepStrictEqual((await list({ status: "inactive" })).data, []);
  deepStrictEqual((await list({ updated_after: "2999-01-01T00:00:00Z" })).data, []);
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Json = await list({ limit: 1, ...(cursor ? { cursor } : {}) });
    seen.push(...page.data.map((row: Json) => row.id));
    cursor = page.next_cursor;
  }
  strictEqual(new Set(seen).size, seen.length);
  strictEqual(seen.length, (await list({})).data.length);
});

Deno.test("products: a cursor that was altered, or belongs to other filters or another vendor, is 400", async () => {
  const { body } = await api.ask("GET", "/v1/products", { token: vic.token, query: { limit: 1 } });
  const cursor = body.next_cursor as string;
  const cases: [string, Record<string, string | number>][] = [
    [vic.token, { cursor: `${cursor.slice(0, -2)}AA`, limit: 1 }],
    [vic.token, { cursor: "nonsense", limit: 1 }],
    [vic.token, { cursor, limit: 1, brand: "x" }],
    [bob.token, { cursor, limit: 1 }],
  ];
  for (const [token, query] of cases) {
    const { body } = await api.ask("GET", "/v1/products", { token, query });
    strictEqual(body.type, "/problems/invalid-cursor");
  }
});

Deno.test("search: q is needed, rows carry a score, names come first", async () => {
  const search = (query: Record<string, string | number>) =>
    api.ask("GET", "/v1/search/products", { token: vic.token, query });
  for (const query of [{}, { q: "" }, { q: " " }]) strictEqual((await search(query)).status, 400);
  const { body } = await search({ q: "milk" });
  deepStrictEqual(names(body), ["Cow milk", "Milk chocolate"]);
  ok(body.data.every((row: Json) => typeof row.score === "number"));
  deepStrictEqual((await search({ q: "zebra" })).body.data, []);
  for (const q of ["'", "a & | b", "((", "%", "milk:*", "\\", "😀", "-", "a".repeat(500)]) {
    strictEqual((await search({ q })).status, 200, q);
  }
  strictEqual((await search({ q: "a".repeat(501) })).status, 400);
  for (
    const query of [{ q: "milk", sort: "name" }, { q: "milk", limit: 201 }, { q: "milk", category_id: "x" }, {
      q: "milk",
      colour: "red",
    }]
  ) {
    strictEqual((await search(query)).status, 400);
  }
});
