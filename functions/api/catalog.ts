import type { z } from "@hono/zod-openapi";
import type { Claims } from "../_shared/database.ts";
import { batchBodyLimit } from "../_shared/http/body.ts";
import { countRows } from "../_shared/http/context.ts";
import { idParams } from "../_shared/http/fields.ts";
import { jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { callAs, rpc, type RpcResult, rpcVoid } from "../_shared/rpc.ts";
import { batchExample, batchResultExample, pageExample, productExample } from "./product_examples.ts";
import * as schemas from "./product_schemas.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;

const searchSignature =
  "search_products(q text, brand text, category_id uuid, tags_any text[], allergens_none text[], " +
  "updated_after timestamptz, status text, sort text, cursor text, page_limit int, prefix boolean, facets text[], " +
  "highlight boolean)";

/** Asks the one SQL function behind the list and the search. */
export function findProducts(claims: Claims, query: z.output<typeof schemas.listQuery>): Promise<RpcResult> {
  return rpc(claims, searchSignature, {
    q: query.q,
    brand: query.brand,
    category_id: query.category_id,
    tags_any: query["tags.any"],
    allergens_none: query["allergens.none"],
    updated_after: query.updated_after,
    status: query.status,
    sort: query.sort,
    cursor: query.cursor,
    page_limit: query.limit,
    prefix: query.prefix,
    facets: query.facets,
    highlight: query.highlight,
  });
}

/** The products of the caller's vendor. */
export function registerCatalog(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/products",
    operationId: "listProducts",
    summary: "List products",
    description: "Newest change first, or by relevance when `q` is given and `sort=relevance`.",
    tag: "Products",
    access: viewer,
    replica: true,
    query: schemas.listQuery,
    answers: { 200: { description: "A page of products.", schema: schemas.productPage, example: pageExample } },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { body, rows } = await findProducts(claims, { ...query, sort: query.sort ?? "-updated_at" });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/products",
    operationId: "upsertProducts",
    summary: "Insert or update products",
    description: "Up to 10,000 items, keyed by `external_id`. Good items are applied and bad ones reported; with " +
      "`atomic=true` all are applied or none. The same batch again is all `unchanged`. Of the same external_id twice " +
      "the last is applied, the earlier are reported `superseded` and count as failed. Fields left out keep what they " +
      "have; `null` empties one.",
    tag: "Products",
    access: operator,
    query: schemas.batchQuery,
    body: schemas.batchBody,
    bodyDocument: schemas.productBatch,
    bodyExample: batchExample,
    bodyLimit: batchBodyLimit,
    answers: {
      200: { description: "What became of the items.", schema: schemas.batchResult, example: batchResultExample },
    },
    problems: ["invalid-items"],
  }, async ({ c, claims, query, bodyText }) => {
    const atomic = query.atomic ?? false;
    const { body } = await callAs(
      claims,
      `select public.upsert_products(items => $1 -> 'items', atomic => ${atomic})`,
      bodyText,
    );
    const { inserted, updated } = JSON.parse(body) as z.output<typeof schemas.batchResult>;
    countRows(c, { written: inserted + updated });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/products/{id}",
    operationId: "getProduct",
    summary: "Show a product",
    tag: "Products",
    access: viewer,
    params: idParams,
    answers: { 200: { description: "The product.", schema: schemas.product, example: productExample } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_product(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/products/{id}",
    operationId: "patchProduct",
    summary: "Change fields of a product",
    description: "Fields named in the body take its values, `null` empties one; the others stay.",
    tag: "Products",
    access: operator,
    params: idParams,
    body: schemas.patchBody,
    bodyDocument: schemas.productPatch,
    bodyExample: { price: "3.75", status: "active" },
    answers: { 200: { description: "The product as it is now.", schema: schemas.product, example: productExample } },
  }, async ({ c, claims, params, body: patch }) => {
    const { body, rows } = await rpc(claims, "patch_product(id uuid, patch jsonb)", { ...params, patch });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/products/{id}",
    operationId: "deleteProduct",
    summary: "Delete a product",
    description: "It disappears from lists and searches; upserting its external_id brings it back.",
    tag: "Products",
    access: operator,
    params: idParams,
    answers: { 204: { description: "Deleted." } },
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_product(id uuid)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}
