import { countRows } from "../_shared/http/context.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { findProducts } from "./catalog.ts";
import { pageExample } from "./product_examples.ts";
import { productPage, searchQuery } from "./product_schemas.ts";

/** Full-text search over the products of the caller's vendor. */
export function registerSearch(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/search/products",
    operationId: "searchProducts",
    summary: "Search products",
    description:
      'Every word must occur in name, brand or short description; `"a phrase"`, `-without` and `or` are understood. ' +
      "Products with all words in the name come first, then in the brand, then the rest; each row carries its `score`. " +
      "When nothing matches, the last word may be the beginning of one (`completed`), then mistyped words are " +
      "`corrected`.",
    tag: "Products",
    access: { role: "vendor_viewer" },
    replica: true,
    query: searchQuery,
    answers: { 200: { description: "A page of products.", schema: productPage, example: pageExample } },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { body, rows } = await findProducts(claims, { ...query, sort: query.sort ?? "relevance" });
    countRows(c, { read: rows });
    return jsonText(body);
  });
}
