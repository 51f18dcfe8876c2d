import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { apiClient, createPerson, type Person, stack } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "acme" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "beta" });
const agent = await createPerson("agent", { role: "client", permissions: ["super_id:generate"] });

/** supabase-js as an application uses it: the publishable key, and the exchanged token of a person. */
async function clientOf({ token }: Person): Promise<SupabaseClient> {
  const { body } = await api.ask("POST", "/v1/token", { token });
  return createClient(stack.url, stack.publishableKey, { accessToken: () => Promise.resolve(body.access_token) });
}

const anybody = createClient(stack.url, stack.publishableKey, {
  auth: { persistSession: false, autoRefreshToken: false },
});
const items = [
  { external_id: "oat", name: "Oat drink", allergens: ["gluten"], free_from: ["milk"] },
  { external_id: "cow", name: "Cow milk drink", allergens: ["milk"] },
];

Deno.test("supabase-js: upsert_products and search_products answer as the API does", async () => {
  const client = await clientOf(olga);
  const upserted = await client.rpc("upsert_products", { items });
  strictEqual(upserted.error, null);
  deepStrictEqual([upserted.data.received, upserted.data.failed], [2, 0]);
  const searched = await client.rpc("search_products", { q: "drink", sort: "relevance", allergens_none: ["milk"] });
  strictEqual(searched.error, null);
  const query = { "q": "drink", "allergens.none": "milk" };
  const { body } = await api.ask("GET", "/v1/search/products", { token: olga.token, query });
  deepStrictEqual(searched.data, body);
  deepStrictEqual(body.data.map((row: { external_id: string }) => row.external_id), ["oat"]);
});

Deno.test("supabase-js: refusals carry the API's status and detail", async () => {
  const client = await clientOf(vic);
  const refused = await client.rpc("upsert_products", { items });
  strictEqual(refused.status, 403);
  strictEqual(refused.error?.code, "PT403");
  const missing = await client.rpc("get_product", { id: crypto.randomUUID() });
  strictEqual(missing.status, 404);
});

Deno.test("supabase-js: tables show the rows of the own vendor only", async () => {
  await (await clientOf(olga)).rpc("upsert_products", { items });
  const own = await (await clientOf(vic)).from("products").select("external_id, name").eq("vendor_id", vic.vendorId);
  strictEqual(own.error, null);
  deepStrictEqual(own.data?.map((row) => row.external_id).sort(), ["cow", "oat"]);
  const stranger = await clientOf(bob);
  deepStrictEqual((await stranger.from("products").select("id").eq("vendor_id", vic.vendorId)).data, []);
  deepStrictEqual((await stranger.from("products").select("id")).data, []);
  const vendors = await stranger.from("vendors").select("id");
  deepStrictEqual(vendors.data, [{ id: bob.vendorId }]);
});

Deno.test("supabase-js: products are not written past the functions", async () => {
  const client = await clientOf(olga);
  const forged = await client.from("products").update({ name: "x" }).eq("vendor_id", olga.vendorId);
  ok(forged.error, "an update of the table must be refused");
  const stolen = await client.rpc("get_product", { id: crypto.randomUUID() });
  ok(stolen.error);
});

Deno.test("supabase-js: nobody without a token sees or calls anything", async () => {
  for (const table of ["products", "vendors", "users", "tax_allergens", "generated_super_ids"]) {
    const { data, error } = await anybody.from(table).select("*");
    ok(error || data?.length === 0, table);
  }
  ok((await anybody.rpc("search_products", { q: "milk" })).error);
});

Deno.test("supabase-js: a service client mints super ids with its exchanged token", async () => {
  const minted = await (await clientOf(agent)).rpc("mint_super_ids", { count: 3 });
  strictEqual(minted.error, null);
  strictEqual(minted.data.length, 3);
  const refused = await (await clientOf(olga)).rpc("mint_super_ids", { count: 1 });
  strictEqual(refused.status, 403);
});

Deno.test("supabase-js: an altered token is refused", async () => {
  const { body } = await api.ask("POST", "/v1/token", { token: vic.token });
  const [head, , signature] = (body.access_token as string).split(".");
  const claims = {
    role: "service_role",
    sub: crypto.randomUUID(),
    vendor_id: bob.vendorId,
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  const forged = `${head}.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.${signature}`;
  const client = createClient(stack.url, stack.publishableKey, { accessToken: () => Promise.resolve(forged) });
  const { error, status } = await client.from("products").select("id");
  ok(error);
  strictEqual(status, 401);
});
