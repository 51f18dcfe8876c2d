import { countRows } from "../_shared/http/context.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import {
  affectedBody,
  affectedExample,
  affectedPage,
  matchesAnswer,
  matchesExample,
  matchesParams,
  matchesQuery,
  scoringPolicy,
  scoringPolicyExample,
  scoringPolicyInput,
} from "./matching_schemas.ts";

const operator = { role: "vendor_operator" } as const;
const admin = { role: "vendor_admin" } as const;
const tag = "Matching";

/** Products that suit a customer, why, and who is affected when one turns out not to. */
export function registerMatching(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/matches/{customer_id}",
    operationId: "matchProducts",
    summary: "Match products to a customer",
    description:
      "The best products that pass every hard filter, scored and explained: docs/matching.md. Cached for 15 " +
      "minutes, or until the catalogue, the customer's profile and lists, or a rule changes. Audited. Not medical advice.",
    tag,
    access: operator,
    params: matchesParams,
    query: matchesQuery,
    answers: { 200: { description: "The matches, best first.", schema: matchesAnswer, example: matchesExample } },
    problems: ["not-found", "consent-required", "no-health-profile"],
  }, async ({ c, claims, params, query }) => {
    const { body } = await rpc(claims, "match_products(customer_id uuid, k int)", { ...params, k: query.k });
    countRows(c, { read: query.k ?? 20 });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/matches/affected",
    operationId: "findAffectedCustomers",
    summary: "Find customers for whom a matched product is unsafe now",
    description: "With `product_id`: who had it in a match and avoids what it contains or may contain now; with " +
      "`allergen` as well, who avoids that one (a recall for something undeclared). With `allergen` alone: who had any " +
      "product that has it now. Audited.",
    tag,
    access: operator,
    body: affectedBody,
    bodyExample: { allergen: "milk" },
    answers: { 200: { description: "A page of customers.", schema: affectedPage, example: affectedExample } },
    problems: ["not-found", "invalid-cursor"],
  }, async ({ c, claims, body: { limit, ...question } }) => {
    const { body, rows } = await rpc(
      claims,
      "affected_customers(product_id uuid, allergen text, cursor text, page_limit int)",
      { ...question, page_limit: limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/scoring-policy",
    operationId: "getScoringPolicy",
    summary: "Show how matches are scored",
    description: "The vendor's own policy, or the platform's, which has no `vendor_id`.",
    tag,
    access: admin,
    answers: { 200: { description: "The policy in force.", schema: scoringPolicy, example: scoringPolicyExample } },
  }, async ({ c, claims }) => {
    const { body, rows } = await rpc(claims, "get_scoring_policy()");
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "put",
    path: "/v1/scoring-policy",
    operationId: "putScoringPolicy",
    summary: "Set how matches are scored",
    description: "The vendor's own policy. A change is another version and voids cached matches.",
    tag,
    access: admin,
    body: scoringPolicyInput,
    bodyExample: { weights: scoringPolicyExample.weights, unknown_allergens: "exclude" },
    answers: { 200: { description: "As it is now.", schema: scoringPolicy, example: scoringPolicyExample } },
  }, async ({ c, claims, body: policy }) => {
    const { body, rows } = await rpc(claims, "put_scoring_policy(policy jsonb)", { policy });
    countRows(c, { written: rows });
    return jsonText(body);
  });
}
