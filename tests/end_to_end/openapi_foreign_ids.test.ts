/**
 * Every operation of the served document that names a row by id, tried by another vendor's admin on a row that exists:
 * always 404, as if there were none. A new route with an id must say here which row that is.
 */
import { deepStrictEqual, ok } from "node:assert";
import { apiClient, createPerson, unique } from "./people.ts";

const api = await apiClient();
const owner = await createPerson("omar", { role: "vendor_admin", vendor: "owner" });
const foreigner = await createPerson("fay", { role: "vendor_admin", vendor: "foreign" });

// deno-lint-ignore no-explicit-any
type Json = any;

const make = async (path: string, body: unknown, query = {}) =>
  (await api.ask<Json>("POST", path, { token: owner.token, body, query })).body;

/** What the document itself gives as an example. */
const exampleOf = (path: string) =>
  (api.document.paths[path]?.post as Json).requestBody.content["application/json"].example;

const items = [{ external_id: `foreign-${unique}`, name: "Oats" }];
await make("/v1/products", { items });
const [product] = (await api.ask("GET", "/v1/products", { token: owner.token })).body.data;
const job = await make("/v1/ingest/csv", {}, { mode: "products" });
await make("/v1/customers", exampleOf("/v1/customers"));
const [customer] = (await api.ask("GET", "/v1/customers", { token: owner.token })).body.data;
const webhook = await make("/v1/webhooks", exampleOf("/v1/webhooks"));
const delivery = await make(`/v1/webhooks/${webhook.id}/test`, undefined);
const rows: Record<string, string> = {
  "/v1/webhooks/": webhook.id,
  "/v1/deliveries/": delivery.id,
  "/v1/products/": product.id,
  "/v1/customers/": customer.id,
  "/v1/matches/": customer.id,
  "/v1/diet-rules/": (await make("/v1/diet-rules", exampleOf("/v1/diet-rules"))).id,
  "/v1/jobs/": job.job_id,
  "/v1/taxonomy/{kind}/": (await make("/v1/taxonomy/tags", { label: `Foreign ${unique}` })).id,
  "/v1/synonyms/headers/":
    (await make("/v1/synonyms/headers", { mode: "products", canonical: "name", synonyms: [unique] })).id,
  "/v1/synonyms/values/":
    (await make("/v1/synonyms/values", { domain: "allergen", canonical: "milk", synonyms: [unique] })).id,
  "/v1/members/": (await make("/v1/members", { appwrite_user_id: `x-${unique}`, role: "vendor_viewer" })).id,
};

for (const [path, item] of Object.entries<Json>(api.document.paths)) {
  for (const [verb, operation] of Object.entries<Json>(item)) {
    if (!operation["x-minimum-role"] || !/{\w*id}/.test(path)) continue;
    Deno.test(`foreign ids: ${verb.toUpperCase()} ${path}`, async () => {
      const id = Object.entries(rows).find(([prefix]) => path.startsWith(prefix))?.[1];
      ok(id, `say in this file which row ${path} could name`);
      const concrete = path.replace("{kind}", "tags").replace("{list}", "deny").replace("{product_id}", product.id)
        .replaceAll(/{\w*id}/g, id);
      const body = operation.requestBody?.content["application/json"].example;
      const sent = body === undefined ? {} : { body };
      const { status, body: found } = await api.ask(verb.toUpperCase(), concrete, { token: foreigner.token, ...sent });
      deepStrictEqual([status, found?.type], [404, "/problems/not-found"]);
    });
  }
}
