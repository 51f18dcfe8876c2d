import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { idParams, instant, pageOf, paging } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import * as schemas from "./webhook_schemas.ts";

const admin = { role: "vendor_admin" } as const;
const tag = "Webhooks";
const event = z.enum(schemas.eventTypes);

/** What became of each telling, and how to send it again. */
export function registerWebhookDeliveries(service: Service): void {
  registerLists(service);
  registerRepairs(service);
}

function registerLists(service: Service): void {
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
