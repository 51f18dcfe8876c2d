import { countRows } from "../_shared/http/context.ts";
import { jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";
import { listEntryExample } from "./customer_examples.ts";
import * as schemas from "./customer_schemas.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;
const tag = "Customers";
const shown = { schema: schemas.listEntry, example: listEntryExample };

/** Products a customer asked for, and products they never want to see. */
export function registerCustomerLists(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/customers/{id}/lists/{list}",
    operationId: "listListEntries",
    summary: "List the products on a customer's list",
    tag,
    access: viewer,
    params: schemas.listParams,
    query: schemas.pagingQuery,
    answers: {
      200: {
        description: "A page of entries, newest first.",
        schema: schemas.listEntryPage,
        example: { data: [listEntryExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, params, query }) => {
    const { body, rows } = await rpc(
      claims,
      "get_customer_list(customer_id uuid, list text, cursor text, page_limit int)",
      { customer_id: params.id, list: params.list, cursor: query.cursor, page_limit: query.limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/customers/{id}/lists/{list}/{product_id}",
    operationId: "getListEntry",
    summary: "Show whether a product is on a customer's list",
    tag,
    access: viewer,
    params: schemas.entryParams,
    answers: { 200: { description: "It is.", ...shown } },
  }, async ({ c, claims, params: { id: customer_id, ...entry } }) => {
    const { body, rows } = await rpc(
      claims,
      "get_customer_list_entry(customer_id uuid, list text, product_id uuid)",
      { customer_id, ...entry },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "put",
    path: "/v1/customers/{id}/lists/{list}/{product_id}",
    operationId: "putListEntry",
    summary: "Put a product on a customer's list",
    description:
      "A denied product is never matched; an allowed one still obeys every hard filter. A product is on one " +
      "list at most: putting it on one takes it off the other.",
    tag,
    access: operator,
    params: schemas.entryParams,
    body: schemas.entryBody,
    bodyOptional: true,
    bodyExample: { note: "tastes of soap" },
    answers: { 200: { description: "It is on the list.", ...shown } },
  }, async ({ c, claims, params: { id: customer_id, ...entry }, body: { note } }) => {
    const { body, rows } = await rpc(
      claims,
      "put_customer_list_entry(customer_id uuid, list text, product_id uuid, note text)",
      { customer_id, ...entry, note },
    );
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/customers/{id}/lists/{list}/{product_id}",
    operationId: "deleteListEntry",
    summary: "Take a product off a customer's list",
    tag,
    access: operator,
    params: schemas.entryParams,
    answers: { 204: { description: "Off the list." } },
  }, async ({ c, claims, params: { id: customer_id, ...entry } }) => {
    await rpcVoid(claims, "delete_customer_list_entry(customer_id uuid, list text, product_id uuid)", {
      customer_id,
      ...entry,
    });
    countRows(c, { written: 1 });
    return noContent();
  });
}
