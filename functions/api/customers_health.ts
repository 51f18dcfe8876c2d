import { countRows } from "../_shared/http/context.ts";
import { idParams } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import { newProfileExample, profileExample } from "./customer_examples.ts";
import { purposeQuery } from "./customer_schemas.ts";
import * as schemas from "./health_schemas.ts";
import { patchBody } from "./product_schemas.ts";

const operator = { role: "vendor_operator" } as const;

/** Health profiles: for operators and admins, with the customer's consent, every access audited. */
export function registerHealth(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/customers/{id}/health",
    operationId: "getCustomerHealth",
    summary: "Show a customer's health profile",
    description: "Needs the customer's consent `health_data`. The access is written into the audit log.",
    tag: "Health",
    access: operator,
    params: idParams,
    query: purposeQuery,
    answers: { 200: { description: "The profile.", schema: schemas.profile, example: profileExample } },
    problems: ["consent-required"],
  }, async ({ c, claims, params, query }) => {
    const { body, rows } = await rpc(claims, "get_customer_health(customer_id uuid, purpose text)", {
      customer_id: params.id,
      purpose: query.purpose,
    });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "put",
    path: "/v1/customers/{id}/health",
    operationId: "putCustomerHealth",
    summary: "Store a customer's health profile",
    description: "Replaces the profile and answers with everything derived from it: BMI, BMR (Mifflin-St Jeor), TDEE " +
      "and daily limits. Heights and weights are numbers in cm and kg, texts such as `5'11\"` or `180 lb`, or " +
      "`{value, unit}`. Needs the customer's consent `health_data`. The access is written into the audit log. " +
      "Not medical advice.",
    tag: "Health",
    access: operator,
    params: idParams,
    query: purposeQuery,
    body: patchBody,
    bodyDocument: schemas.newProfile,
    bodyExample: newProfileExample,
    answers: { 200: { description: "The whole profile.", schema: schemas.profile, example: profileExample } },
    problems: ["consent-required"],
  }, async ({ c, claims, params, query, body: profile }) => {
    const { body, rows } = await rpc(claims, "put_customer_health(customer_id uuid, profile jsonb, purpose text)", {
      customer_id: params.id,
      profile,
      purpose: query.purpose,
    });
    countRows(c, { written: rows });
    return jsonText(body);
  });
}
