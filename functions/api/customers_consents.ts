import { countRows } from "../_shared/http/context.ts";
import { idParams } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import { consentExample, newConsentExample } from "./customer_examples.ts";
import * as schemas from "./customer_schemas.ts";

/** What a customer agreed to: a history that is only added to. */
export function registerConsents(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/customers/{id}/consents",
    operationId: "listConsents",
    summary: "List a customer's consents",
    description: "The whole history, latest first; the latest of a type counts.",
    tag: "Customers",
    access: { role: "vendor_viewer" },
    params: idParams,
    query: schemas.consentsQuery,
    answers: {
      200: {
        description: "A page of consents.",
        schema: schemas.consentPage,
        example: { data: [consentExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, params, query }) => {
    const { body, rows } = await rpc(
      claims,
      "list_customer_consents(customer_id uuid, consent_type text, cursor text, page_limit int)",
      { customer_id: params.id, consent_type: query.consent_type, cursor: query.cursor, page_limit: query.limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/customers/{id}/consents",
    operationId: "recordConsent",
    summary: "Record a consent, or its withdrawal",
    description:
      "Without a granted `health_data` the health profile is neither read nor written, and nothing is matched.",
    tag: "Customers",
    access: { role: "vendor_operator" },
    params: idParams,
    body: schemas.newConsent,
    bodyExample: newConsentExample,
    answers: { 201: { description: "Recorded.", schema: schemas.consent, example: consentExample } },
  }, async ({ c, claims, params, body: consent }) => {
    const { body, rows } = await rpc(claims, "record_customer_consent(customer_id uuid, consent jsonb)", {
      customer_id: params.id,
      consent,
    });
    countRows(c, { written: rows });
    return jsonText(body, 201);
  });
}
