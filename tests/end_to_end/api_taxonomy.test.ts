import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "acme" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "beta" });

// deno-lint-ignore no-explicit-any
type Json = any;
const terms = "/v1/taxonomy/categories";

Deno.test("taxonomy: every kind lists the platform's terms; an unknown kind is 404", async () => {
  for (const kind of ["categories", "tags", "allergens", "cuisines", "certifications"]) {
    const { status, body } = await api.ask("GET", `/v1/taxonomy/${kind}`, { token: vic.token });
    strictEqual(status, 200);
    ok(body.data.length > 0, kind);
  }
  strictEqual((await api.ask("GET", "/v1/taxonomy/planets", { token: vic.token })).status, 404);
});

Deno.test("taxonomy: a term is added, shown, changed and removed by an operator, and is the vendor's alone", async () => {
  const made = await api.ask("POST", terms, { token: olga.token, body: { code: "oat_drinks", label: "Oat drinks" } });
  strictEqual(made.status, 201);
  const path = `${terms}/${made.body.id}`;
  ok(made.headers.get("location")?.endsWith(`/api${path}`));
  strictEqual(
    (await api.ask("POST", terms, { token: olga.token, body: { code: "oat_drinks", label: "Again" } })).status,
    409,
  );
  strictEqual((await api.ask("POST", terms, { token: vic.token, body: { code: "x", label: "X" } })).status, 403);
  strictEqual((await api.ask("GET", path, { token: vic.token })).body.label, "Oat drinks");
  strictEqual((await api.ask("GET", path, { token: bob.token })).status, 404);
  strictEqual((await api.ask("PATCH", path, { token: bob.token, body: { label: "Mine" } })).status, 404);
  strictEqual((await api.ask("DELETE", path, { token: bob.token })).status, 404);
  const listed = await api.ask("GET", terms, { token: bob.token, query: { q: "oat drinks" } });
  deepStrictEqual(listed.body.data, []);
  const changed = await api.ask("PATCH", path, { token: olga.token, body: { label: "Oat", active: false } });
  deepStrictEqual([changed.body.label, changed.body.active], ["Oat", false]);
  strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 204);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 404);
});

Deno.test("taxonomy: a wrong field is named", async () => {
  const cases: [Json, string][] = [
    [{ code: "x" }, "/label"],
    [{ label: "  " }, "/label"],
    [{ label: "X", code: "Not Snake" }, "/code"],
    [{ label: "X", parent_id: "x" }, "/parent_id"],
    [{ label: "X", parent_id: crypto.randomUUID() }, "/parent_id"],
    [{ label: "X", active: "yes" }, "/active"],
    [{ label: "X", vendor_id: null }, "/vendor_id"],
  ];
  for (const [body, pointer] of cases) {
    const refused = await api.ask("POST", terms, { token: olga.token, body });
    strictEqual(refused.status, 400);
    strictEqual(refused.body.errors[0].pointer, pointer);
  }
});

Deno.test("taxonomy: the platform's terms cannot be changed, and a term in use cannot be removed", async () => {
  const { body } = await api.ask("GET", "/v1/taxonomy/allergens", { token: olga.token, query: { limit: 1 } });
  const path = `/v1/taxonomy/allergens/${body.data[0].id}`;
  strictEqual((await api.ask("PATCH", path, { token: olga.token, body: { label: "X" } })).status, 403);
  strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 403);
  const parent = await api.ask("POST", terms, { token: olga.token, body: { label: "Parent" } });
  strictEqual(parent.body.code, "parent");
  await api.ask("POST", terms, { token: olga.token, body: { label: "Child", parent_id: parent.body.id } });
  const refused = await api.ask("DELETE", `${terms}/${parent.body.id}`, { token: olga.token });
  deepStrictEqual([refused.status, refused.body.type], [409, "/problems/in-use"]);
});

Deno.test("taxonomy: pages follow each other without gaps", async () => {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query: Record<string, string | number> = { limit: 4, ...(cursor ? { cursor } : {}) };
    const { body }: { body: Json } = await api.ask("GET", "/v1/taxonomy/allergens", { token: vic.token, query });
    seen.push(...body.data.map((row: Json) => row.code));
    cursor = body.next_cursor;
  }
  deepStrictEqual(seen, [...new Set(seen)]);
  const whole = await api.ask("GET", "/v1/taxonomy/allergens", { token: vic.token, query: { limit: 200 } });
  deepStrictEqual(seen, whole.body.data.map((row: Json) => row.code));
});

const synonyms: [string, Json, Json][] = [
  ["headers", { mode: "products", canonical: "name", synonyms: ["Artikelname"] }, {
    mode: "products",
    canonical: "nope",
    synonyms: ["Y"],
  }],
  ["values", { domain: "allergen", canonical: "milk", synonyms: ["Molke X"] }, {
    domain: "allergen",
    canonical: "stone",
    synonyms: ["Y"],
  }],
];

for (const [kind, good, bad] of synonyms) {
  Deno.test(`synonyms: ${kind} are added, shown, changed and removed; the platform's stay`, async () => {
    const base = `/v1/synonyms/${kind}`;
    const made = await api.ask("POST", base, { token: olga.token, body: good });
    strictEqual(made.status, 201);
    const path = `${base}/${made.body.id}`;
    deepStrictEqual((await api.ask("GET", path, { token: vic.token })).body, made.body);
    strictEqual((await api.ask("GET", path, { token: bob.token })).status, 404);
    const patched = await api.ask("PATCH", path, { token: olga.token, body: { synonyms: ["One", "Two"] } });
    deepStrictEqual(patched.body.synonyms, ["One", "Two"]);
    strictEqual((await api.ask("PATCH", path, { token: olga.token, body: { canonical: "brand" } })).status, 400);
    const refused = await api.ask("POST", base, { token: olga.token, body: bad });
    deepStrictEqual([refused.status, refused.body.errors[0].pointer], [400, "/canonical"]);
    strictEqual((await api.ask("POST", base, { token: vic.token, body: good })).status, 403);
    strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 204);
    const { body } = await api.ask("GET", base, { token: olga.token, query: { limit: 1 } });
    strictEqual((await api.ask("DELETE", `${base}/${body.data[0].id}`, { token: olga.token })).status, 403);
  });
}

Deno.test("synonyms: a word that means something else already is 409 and named", async () => {
  const base = "/v1/synonyms/values";
  await api.ask("POST", base, {
    token: olga.token,
    body: { domain: "allergen", canonical: "milk", synonyms: ["Zweideutig"] },
  });
  const body = { domain: "allergen", canonical: "eggs", synonyms: ["zweideutig"] };
  const refused = await api.ask("POST", base, { token: olga.token, body });
  deepStrictEqual([refused.status, refused.body.type], [409, "/problems/synonym-taken"]);
});
