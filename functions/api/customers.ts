import type { z } from "@hono/zod-openapi";
import { batchBodyLimit } from "../_shared/http/body.ts";
import { countRows } from "../_shared/http/context.ts";
import { idParams } from "../_shared/http/fields.ts";
import { jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { callAs, rpc, rpcVoid } from "../_shared/rpc.ts";
import * as examples from "./customer_examples.ts";
import * as schemas from "./customer_schemas.ts";
import { registerConsents } from "./customers_consents.ts";
import { registerHealth } from "./customers_health.ts";
import { registerCustomerLists } from "./customers_lists.ts";
import { batchResultExample } from "./product_examples.ts";
import { batchBody, batchQuery, batchResult, patchBody } from "./product_schemas.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;
const tag = "Customers";

/** The customers of the caller's vendor, and what hangs on each of them. */
export function registerCustomers(service: Service): void {
  registerMany(service);
  registerOne(service);
  registerHealth(service);
  registerConsents(service);
  registerCustomerLists(service);
}

function registerMany(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/customers",
    operationId: "listCustomers",
    summary: "List or search customers",
    description: "Newest change first.",
    tag,
    access: viewer,
    replica: true,
    query: schemas.listQuery,
    answers: {
      200: {
        description: "A page of customers.",
        schema: schemas.customerPage,
        example: { data: [examples.customerExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { body, rows } = await rpc(
      claims,
      "search_customers(q text, email text, tags_any text[], updated_after timestamptz, cursor text, page_limit int)",
      {
        q: query.q,
        email: query.email,
        tags_any: query["tags.any"],
        updated_after: query.updated_after,
        cursor: query.cursor,
        page_limit: query.limit,
      },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/customers",
    operationId: "upsertCustomers",
    summary: "Insert or update customers",
    description: "Up to 10,000 items, keyed by `external_id`. Good items are applied and bad ones reported; with " +
      "`atomic=true` all are applied or none. The same batch again is all `unchanged`. Of the same external_id twice " +
      "the last is applied, the earlier are reported `superseded` and count as failed. Fields left out keep what they " +
      "have; `null` empties one.",
    tag,
    access: operator,
    query: batchQuery,
    body: batchBody,
    bodyDocument: schemas.customerBatch,
    bodyExample: examples.batchExample,
    bodyLimit: batchBodyLimit,
    answers: {
      200: { description: "What became of the items.", schema: batchResult, example: batchResultExample },
    },
    problems: ["invalid-items", "concurrent-change"],
  }, async ({ c, claims, query, bodyText }) => {
    const atomic = query.atomic ?? false;
    const { body } = await callAs(
      claims,
      `select public.upsert_customers(items => $1 -> 'items', atomic => ${atomic})`,
      bodyText,
    );
    const { inserted, updated } = JSON.parse(body) as z.output<typeof batchResult>;
    countRows(c, { written: inserted + updated });
    return jsonText(body);
  });
}

function registerOne(service: Service): void {
  const shown = { schema: schemas.customer, example: examples.customerExample };

  service.route({
    method: "get",
    path: "/v1/customers/{id}",
    operationId: "getCustomer",
    summary: "Show a customer",
    tag,
    access: viewer,
    params: idParams,
    answers: { 200: { description: "The customer.", ...shown } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_customer(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "put",
    path: "/v1/customers/{id}",
    operationId: "putCustomer",
    summary: "Replace a customer",
    description: "Fields the body leaves out are emptied; `external_id` stays.",
    tag,
    access: operator,
    params: idParams,
    body: patchBody,
    bodyDocument: schemas.customerPut,
    bodyExample: examples.putExample,
    answers: { 200: { description: "The customer as it is now.", ...shown } },
  }, async ({ c, claims, params, body: customer }) => {
    const { body, rows } = await rpc(claims, "put_customer(id uuid, customer jsonb)", { ...params, customer });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/customers/{id}",
    operationId: "patchCustomer",
    summary: "Change fields of a customer",
    description: "Fields named in the body take its values, `null` empties one; the others stay.",
    tag,
    access: operator,
    params: idParams,
    body: patchBody,
    bodyDocument: schemas.customerPatch,
    bodyExample: { phone: "+14155552671" },
    answers: { 200: { description: "The customer as it is now.", ...shown } },
  }, async ({ c, claims, params, body: patch }) => {
    const { body, rows } = await rpc(claims, "patch_customer(id uuid, patch jsonb)", { ...params, patch });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/customers/{id}",
    operationId: "deleteCustomer",
    summary: "Delete or erase a customer",
    description:
      "`mode=soft`, the default, hides the customer and withdraws every consent; upserting the external_id " +
      "brings them back. `mode=hard` erases the customer with health profile, consents, lists and cached matches, " +
      "also one deleted softly before. The audit trail stays.",
    tag,
    access: operator,
    params: idParams,
    query: schemas.deleteQuery,
    answers: { 204: { description: "Deleted." } },
  }, async ({ c, claims, params, query }) => {
    await rpcVoid(claims, "delete_customer(id uuid, mode text, purpose text)", { ...params, ...query });
    countRows(c, { written: 1 });
    return noContent();
  });
}
