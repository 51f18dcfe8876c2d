import { z } from "@hono/zod-openapi";
import { callContext } from "../_shared/call_context.ts";
import type { Claims } from "../_shared/database.ts";
import { countRows } from "../_shared/http/context.ts";
import { idParams, locationHeader, pageOf, paging } from "../_shared/http/fields.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { invalid } from "../_shared/http/validation.ts";
import { checkUrl, outboundPolicy } from "../_shared/outbound/guard.ts";
import { OutboundRefused } from "../_shared/outbound/refused.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";
import { newSecret } from "../_shared/webhooks/sign.ts";
import { registerWebhookDeliveries } from "./webhook_deliveries.ts";
import * as schemas from "./webhook_schemas.ts";

const admin = { role: "vendor_admin" } as const;
const tag = "Webhooks";

/** Endpoints that are told of events, and what became of each telling. */
export function registerWebhooks(service: Service): void {
  registerEndpoints(service);
  registerSecrets(service);
  registerWebhookDeliveries(service);
}

function registerEndpoints(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/webhooks",
    operationId: "listWebhooks",
    summary: "List webhooks",
    description: "Oldest first.",
    tag,
    access: admin,
    query: z.object(paging),
    answers: {
      200: {
        description: "A page of webhooks.",
        schema: pageOf(schemas.webhook, "WebhookPage"),
        example: { data: [schemas.webhookExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...rest } }) => {
    const { body, rows } = await rpc(claims, "list_webhooks(cursor text, page_limit int)", { ...rest, page_limit });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/webhooks",
    operationId: "createWebhook",
    summary: "Add a webhook",
    description: "Requests are signed with the `secret` of the answer, which is shown this once.",
    tag,
    access: admin,
    body: schemas.newWebhook,
    bodyExample: { url: "https://example.com/hook", events: ["job.completed", "product.updated"] },
    answers: {
      201: {
        description: "Added.",
        schema: schemas.webhookWithSecret,
        example: schemas.secretExample,
        headers: locationHeader,
      },
    },
    problems: ["conflict"],
  }, async ({ c, claims, body: given }) => {
    requireGoodUrl(given.url);
    const secret = newSecret();
    const { body, rows } = await rpc(
      claims,
      "create_webhook(url text, events text[], description text, retries_max int, tolerance_sec int, ordered boolean, " +
        "enabled boolean, secret text)",
      { ...given, secret },
    );
    countRows(c, { written: rows });
    return created(c, showSecret(claims, body, secret));
  });

  service.route({
    method: "get",
    path: "/v1/webhooks/{id}",
    operationId: "getWebhook",
    summary: "Show a webhook",
    tag,
    access: admin,
    params: idParams,
    answers: { 200: { description: "The webhook.", schema: schemas.webhook, example: schemas.webhookExample } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_webhook(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/webhooks/{id}",
    operationId: "patchWebhook",
    summary: "Change a webhook, switch it off or on",
    description: "While it is off nothing is sent, and events are not kept for it; `replay` sends what it missed. " +
      "Switching it on sends at once what had been waiting.",
    tag,
    access: admin,
    params: idParams,
    body: schemas.webhookPatch,
    bodyExample: { enabled: true },
    answers: {
      200: { description: "The webhook as it is now.", schema: schemas.webhook, example: schemas.webhookExample },
    },
  }, async ({ c, claims, params, body: patch }) => {
    if (patch.url !== undefined) requireGoodUrl(patch.url);
    const { body, rows } = await rpc(claims, "update_webhook(id uuid, patch jsonb)", { ...params, patch });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/webhooks/{id}",
    operationId: "deleteWebhook",
    summary: "Remove a webhook and its deliveries",
    tag,
    access: admin,
    params: idParams,
    answers: { 204: { description: "Removed." } },
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_webhook(id uuid)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}

function registerSecrets(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/webhooks/{id}/rotate-secret",
    operationId: "rotateWebhookSecret",
    summary: "Give a webhook a new secret",
    description: "For `overlap_hours` requests are signed with both secrets, so that the receiver can change over.",
    tag,
    access: admin,
    params: idParams,
    body: z.strictObject({ overlap_hours: z.int().min(0).max(168).optional().openapi({ default: 24 }) })
      .openapi("SecretRotation"),
    bodyExample: { overlap_hours: 24 },
    bodyOptional: true,
    answers: {
      200: { description: "With the new secret.", schema: schemas.webhookWithSecret, example: schemas.secretExample },
    },
  }, async ({ c, claims, params, body: given }) => {
    const secret = newSecret();
    const { body, rows } = await rpc(claims, "rotate_webhook_secret(id uuid, overlap_hours int, secret text)", {
      ...params,
      ...given,
      secret,
    });
    countRows(c, { written: rows });
    return jsonText(showSecret(claims, body, secret));
  });

  service.route({
    method: "post",
    path: "/v1/webhooks/{id}/test",
    operationId: "testWebhook",
    summary: "Send a test event",
    description: "`webhook.test`, on the way every event takes; the delivery shows what came of it.",
    tag,
    access: admin,
    params: idParams,
    answers: {
      202: { description: "Queued.", schema: schemas.delivery, example: { ...schemas.deliveryExample, attempts: [] } },
    },
    problems: ["conflict"],
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "test_webhook(id uuid)", params);
    countRows(c, { written: rows });
    return jsonText(body, 202);
  });
}

/** Says at once what the worker would refuse; where a name leads is checked with each request. */
function requireGoodUrl(text: string): void {
  try {
    checkUrl(text, outboundPolicy());
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error;
    throw invalid([{ pointer: "/url", code: "refused_url", detail: error.reason }], "The body");
  }
}

/**
 * Adds the secret to the answer. It never passes through what is stored for an Idempotency-Key, so a repeated answer
 * has none.
 */
function showSecret(claims: Claims, body: string, secret: string): string {
  const isRepeated = (callContext(claims).once?.replayed ?? 0) > 0;
  return JSON.stringify({ ...JSON.parse(body), secret: isRepeated ? null : secret });
}
