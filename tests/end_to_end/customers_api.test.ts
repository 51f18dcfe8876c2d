/** Customers, consents, health profiles, lists and diet rules through HTTP, every answer held to the document. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { createClient } from "@supabase/supabase-js";
import { apiClient, connect, createPerson, stack } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const ada = await createPerson("ada", { role: "vendor_admin", vendor: "acme" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "acme" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "beta" });

// deno-lint-ignore no-explicit-any
type Json = any;

const people = [
  { external_id: "c1", full_name: "Ada Lovelace", email: "Ada@X.org", gender: "f", dob: "1990-12-10" },
  { external_id: "c2", full_name: "Grace Hopper", email: "grace@x.org", age: 40, phone: "415 555 2671" },
];
const measures = { height_cm: { value: 180, unit: "cm" }, weight_kg: 80, activity_level: "moderate" };

async function customerId(externalId: string): Promise<string> {
  const { body } = await api.ask("GET", "/v1/customers", { token: vic.token });
  return body.data.find((row: Json) => row.external_id === externalId).id;
}

Deno.test("customers: a batch is inserted, searched, replaced, patched, and refused to others", async () => {
  const post = (token = olga.token) => api.ask("POST", "/v1/customers", { token, body: { items: people } });
  strictEqual((await post()).body.inserted, 2);
  strictEqual((await post()).body.unchanged, 2);
  strictEqual((await post(vic.token)).status, 403);
  const search = (query: Record<string, string>, token = vic.token) =>
    api.ask("GET", "/v1/customers", { token, query }).then(({ body }) => body.data.map((row: Json) => row.external_id));
  deepStrictEqual(await search({ q: "lov" }), ["c1"]);
  deepStrictEqual(await search({ email: "grace@x.org" }), ["c2"]);
  deepStrictEqual(await search({}, bob.token), []);
  strictEqual((await api.ask("GET", "/v1/customers", { token: vic.token, query: { colour: "red" } })).status, 400);
  const path = `/v1/customers/${await customerId("c2")}`;
  strictEqual((await api.ask("GET", path, { token: vic.token })).body.phone, "+14155552671");
  const put = await api.ask("PUT", path, { token: olga.token, body: { full_name: "G. Hopper", email: "g@x.org" } });
  deepStrictEqual([put.body.full_name, put.body.phone, put.body.age], ["G. Hopper", null, null]);
  const patch = await api.ask("PATCH", path, { token: olga.token, body: { age: 41, email: "bad" } });
  deepStrictEqual([patch.status, patch.body.errors[0].pointer], [400, "/email"]);
  for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
    const send = method === "PUT" || method === "PATCH" ? { body: { full_name: "stolen", email: "s@x.org" } } : {};
    strictEqual((await api.ask(method, path, { token: bob.token, ...send })).status, 404, method);
  }
});

Deno.test("health: consent first; then numbers, limits, warnings, and an audit row for each access", async () => {
  const id = await customerId("c1");
  const path = `/v1/customers/${id}/health`;
  const put = (body: unknown, token = olga.token) => api.ask("PUT", path, { token, body });
  const refused = await put(measures);
  deepStrictEqual([refused.status, refused.body.type], [409, "/problems/consent-required"]);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 409);
  const consent = (granted: boolean, token = olga.token) =>
    api.ask("POST", `/v1/customers/${id}/consents`, {
      token,
      body: { consent_type: "health_data", granted, version: "2026-01" },
    });
  strictEqual((await consent(true, vic.token)).status, 403);
  strictEqual((await consent(true)).status, 201);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 404);
  const { body: stored } = await put({ ...measures, age: 99, conditions: ["hypertension", "t2d"] });
  const { age } = stored;
  strictEqual(stored.bmi, 24.69);
  strictEqual(stored.bmr, 800 + 1125 - 5 * age - 161);
  strictEqual(stored.tdee_cached, Math.round(stored.bmr * 155) / 100);
  strictEqual(stored.derived_limits.ceilings.sodium_mg.amount, 1500);
  match(stored.derived_limits.ceilings.sodium_mg.source, /AHA/);
  strictEqual(stored.warnings[0].code, "age_ignored");
  const { body: read } = await api.ask("GET", path, { token: ada.token, query: { purpose: "ticket 7" } });
  deepStrictEqual(read.derived_limits, stored.derived_limits);
  const wrong = await put({ ...measures, height_cm: 18 });
  strictEqual(wrong.status, 400);
  match(wrong.body.errors[0].detail, /50 to 272 cm/);
  for (const token of [vic.token, bob.token]) {
    const status = token === vic.token ? 403 : 404;
    strictEqual((await api.ask("GET", path, { token })).status, status);
    strictEqual((await put(measures, token)).status, status);
  }
  const audit = await api.ask("GET", "/v1/audit", { token: ada.token, query: { entity_id: id } });
  deepStrictEqual(
    audit.body.data.map((row: Json) => [row.action, row.justification]),
    [["health.read", "ticket 7"], ["health.written", null], ["consent.granted", null]],
  );
  ok(!/hypertension|24\.69/.test(audit.text));
  strictEqual((await consent(false)).status, 201);
  strictEqual((await api.ask("GET", path, { token: olga.token })).status, 409);
  strictEqual((await consent(true)).status, 201);
  const history = await api.ask("GET", `/v1/customers/${id}/consents`, { token: vic.token, query: { limit: 2 } });
  deepStrictEqual(history.body.data.map((row: Json) => row.granted), [true, false]);
  strictEqual(typeof history.body.next_cursor, "string");
});

Deno.test("health: supabase-js reads it through the same door, and no table lets it out", async () => {
  const id = await customerId("c1");
  const { body: { access_token } } = await api.ask("POST", "/v1/token", { token: olga.token });
  const supabase = createClient(stack.url, stack.publishableKey, { accessToken: () => Promise.resolve(access_token) });
  const { data } = await supabase.rpc("get_customer_health", { customer_id: id });
  strictEqual(data.bmi, 24.69);
  const { data: rows } = await supabase.from("customers").select("full_name").eq("vendor_id", olga.vendorId);
  strictEqual(rows?.length, 2);
  for (const table of ["customer_health_profiles", "customer_consents", "stg_customers"]) {
    const { error } = await supabase.from(table).select("*");
    strictEqual(error?.code, "42501", table);
  }
});

Deno.test("diet rules: a vendor's own changes the limits of its customers, and of no others", async () => {
  const id = await customerId("c1");
  const policy = { ceilings: [{ nutrient: "sodium_mg", amount: 1200, source: "our dietitian" }] };
  const body = { condition_code: "high blood pressure", policy };
  const make = await api.ask("POST", "/v1/diet-rules", { token: ada.token, body });
  deepStrictEqual([make.status, make.body.condition_code, make.body.version], [201, "hypertension", 1]);
  strictEqual((await api.ask("POST", "/v1/diet-rules", { token: ada.token, body })).status, 409);
  strictEqual((await api.ask("POST", "/v1/diet-rules", { token: olga.token, body })).status, 403);
  const sodium = async () => {
    const { body } = await api.ask("GET", `/v1/customers/${id}/health`, { token: olga.token });
    return body.derived_limits.ceilings.sodium_mg.amount;
  };
  strictEqual(await sodium(), 1200);
  const path = `/v1/diet-rules/${make.body.id}`;
  strictEqual((await api.ask("GET", path, { token: bob.token })).status, 404);
  const patch = await api.ask("PATCH", path, { token: ada.token, body: { active: false } });
  strictEqual(patch.body.version, 2);
  strictEqual(await sodium(), 2300);
  const rules = await api.ask("GET", "/v1/diet-rules", { token: ada.token, query: { condition_code: "hypertension" } });
  deepStrictEqual(rules.body.data.map((row: Json) => row.vendor_id), [ada.vendorId, null]);
  strictEqual((await api.ask("DELETE", `/v1/diet-rules/${rules.body.data[1].id}`, { token: ada.token })).status, 403);
  strictEqual((await api.ask("DELETE", path, { token: ada.token })).status, 204);
  strictEqual(await sodium(), 1500);
});

Deno.test("lists: a product is on one list at most", async () => {
  const items = [{ external_id: "p1", name: "Bread" }];
  await api.ask("POST", "/v1/products", { token: olga.token, body: { items } });
  const { body: { data: [product] } } = await api.ask("GET", "/v1/products", { token: olga.token });
  const lists = `/v1/customers/${await customerId("c1")}/lists`;
  const denied = `${lists}/deny/${product.id}`;
  strictEqual((await api.ask("PUT", denied, { token: olga.token, body: { note: "soap" } })).body.note, "soap");
  strictEqual((await api.ask("PUT", `${lists}/allow/${product.id}`, { token: olga.token })).body.list, "allow");
  strictEqual((await api.ask("GET", denied, { token: vic.token })).status, 404);
  strictEqual((await api.ask("GET", `${lists}/allow`, { token: vic.token })).body.data.length, 1);
  strictEqual((await api.ask("DELETE", `${lists}/allow/${product.id}`, { token: vic.token })).status, 403);
  strictEqual((await api.ask("DELETE", `${lists}/allow/${product.id}`, { token: olga.token })).status, 204);
  strictEqual((await api.ask("PUT", `${lists}/moon/${product.id}`, { token: olga.token })).status, 404);
});

Deno.test("erasure: nothing is left but the audit trail", async () => {
  const id = await customerId("c1");
  const path = `/v1/customers/${id}`;
  strictEqual((await api.ask("DELETE", path, { token: olga.token })).status, 204);
  strictEqual((await api.ask("GET", `${path}/health`, { token: olga.token })).status, 404);
  const query = { mode: "hard", purpose: "asked for it" };
  strictEqual((await api.ask("DELETE", path, { token: olga.token, query })).status, 204);
  strictEqual((await api.ask("DELETE", path, { token: olga.token, query })).status, 404);
  const sql = connect();
  try {
    const [left] = await sql`
      select (select count(*) from public.customer_health_profiles where customer_id = ${id})::int as profiles,
        (select count(*) from public.customer_consents where customer_id = ${id})::int as consents,
        (select count(*) from public.customers as c where c.id = ${id})::int as customers,
        (select count(*) from public.audit_log where entity_id = ${id} and action = 'customer.erased')::int as audited
    `;
    deepStrictEqual({ ...left }, { profiles: 0, consents: 0, customers: 0, audited: 1 });
  } finally {
    await sql.end();
  }
});
