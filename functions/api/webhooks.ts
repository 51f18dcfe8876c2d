import { z } from "@hono/zod-openapi";
import { callContext } from "../_shared/call_context.ts";
import type { Claims } from "../_shared/database.ts";
import { countRows } from "../_shared/http/context.ts";
import { idParams, instant, locationHeader, pageOf, paging } from "../_shared/http/fields.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { invalid } from "../_shared/http/validation.ts";
import { checkUrl, outboundPolicy } from "../_shared/outbound/guard.ts";
import { OutboundRefused } from "../_shared/outbound/refused.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";
import { newSecret } from "../_shared/webhooks/sign.ts";
import * as schemas from "./webhook_schemas.ts";

const admin = { role: "vendor_admin" } as const;
const tag = "Webhooks";
const event = z.enum(schemas.eventTypes);

/** Endpoints that are told of events, and what became of each telling. */
export function registerWebhooks(service: Service): void {
  registerEndpoints(service);
  registerSecrets(service);
  registerDeliveries(service);
  registerRepairs(service);
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

function registerDeliveries(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/webhooks/{id}/deliveries",
    operationId: "listWebhookDeliveries",
    summary: "List deliveries with their attempts",
    description: "Newest first. `status=dead` is the dead-letter queue.",
    tag,
    access: admin,
    params: idParams,
    query: z.object({
      status: schemas.deliveryStatus.optional(),
      event_type: z.string().max(100).optional(),
      ...paging,
    }),
    answers: {
      200: {
        description: "A page of deliveries.",
        schema: pageOf(schemas.delivery, "WebhookDeliveryPage"),
        example: { data: [schemas.deliveryExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, params, query: { limit: page_limit, ...filters } }) => {
    const { body, rows } = await rpc(
      claims,
      "list_webhook_deliveries(id uuid, status text, event_type text, cursor text, page_limit int)",
      { ...params, ...filters, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/deliveries/{id}",
    operationId: "getWebhookDelivery",
    summary: "Show a delivery and what the receiver answered",
    tag,
    access: admin,
    params: idParams,
    answers: {
      200: {
        description: "The delivery.",
        schema: schemas.deliveryWithBodies,
        example: schemas.deliveryWithBodiesExample,
      },
    },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_webhook_delivery(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });
}

function registerRepairs(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/deliveries/{id}/redeliver",
    operationId: "redeliverWebhook",
    summary: "Send a delivery again",
    description: "With the same event_id, from the first attempt, whatever became of it.",
    tag,
    access: admin,
    params: idParams,
    answers: { 202: { description: "Queued.", schema: schemas.delivery, example: schemas.deliveryExample } },
    problems: ["conflict"],
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "redeliver_webhook(id uuid)", params);
    countRows(c, { written: rows });
    return jsonText(body, 202);
  });

  service.route({
    method: "post",
    path: "/v1/webhooks/{id}/replay",
    operationId: "replayWebhook",
    summary: "Send the events of a time range",
    description: "Those it missed while it was off or had not asked for them, and those it was sent before; at most " +
      "10,000. Events are kept for 30 days.",
    tag,
    access: admin,
    params: idParams,
    body: z.strictObject({
      since: instant,
      until: instant.optional().openapi({ description: "Now, when left out." }),
      events: z.array(event).min(1).max(50).optional(),
      missed_only: z.boolean().optional().openapi({ description: "Only what it was never sent." }),
    }).openapi("Replay"),
    bodyExample: { since: "2026-01-31T00:00:00Z", missed_only: true },
    answers: {
      202: { description: "Queued.", schema: schemas.replayed, example: { queued: 3, missed: 3, again: 0 } },
    },
    problems: ["conflict"],
  }, async ({ c, claims, params, body: range }) => {
    const { body } = await rpc(
      claims,
      "replay_webhook(id uuid, since timestamptz, until timestamptz, events text[], missed_only boolean)",
      { ...params, ...range },
    );
    countRows(c, { written: JSON.parse(body).queued });
    return jsonText(body, 202);
  });

  service.route({
    method: "post",
    path: "/v1/webhooks/{id}/recover",
    operationId: "recoverWebhook",
    summary: "Send the dead deliveries again",
    tag,
    access: admin,
    params: idParams,
    body: z.strictObject({ since: instant.optional().openapi({ description: "Those given up since then." }) })
      .openapi("Recovery"),
    bodyExample: { since: "2026-01-31T00:00:00Z" },
    bodyOptional: true,
    answers: { 202: { description: "Queued.", schema: schemas.queued, example: { queued: 3 } } },
    problems: ["conflict"],
  }, async ({ c, claims, params, body: given }) => {
    const { body } = await rpc(claims, "recover_webhook(id uuid, since timestamptz)", { ...params, ...given });
    countRows(c, { written: JSON.parse(body).queued });
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
