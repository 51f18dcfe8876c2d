import { z } from "@hono/zod-openapi";
import { id, instantFields, text, timestamp } from "../_shared/http/fields.ts";

/** What an endpoint can ask for; app.event_types holds the same list and what each event carries. */
export const eventTypes = [
  "job.completed",
  "job.failed",
  "product.updated",
  "customer.updated",
  "member.added",
  "member.updated",
  "member.removed",
  "vendor.updated",
  "webhook.disabled",
] as const;

const event = z.enum(eventTypes);
const events = z.array(event).min(1).max(50);
const url = z.url().max(2000).openapi({
  description: "https, to a public address.",
  example: "https://example.com/hook",
});
const description = text(500).nullable();
const retriesMax = z.int().min(0).max(50).openapi({
  description: "Attempts after the first, at most; the schedule has 9.",
});
const toleranceSec = z.int().min(1).max(86_400).openapi({
  description: "How old a timestamp the receiver accepts; a note for its configuration. Every attempt is signed anew.",
});
const ordered = z.boolean().openapi({
  description: "Send the next event of an entity only after the one before was delivered or given up.",
});

const fields = {
  id,
  url: z.string(),
  description,
  events: z.array(z.string()),
  enabled: z.boolean(),
  disabled_reason: z.enum(["asked", "gone", "failing"]).nullable().openapi({
    description: "asked: by an admin; gone: it answered 410; failing: for five days.",
  }),
  disabled_at: timestamp.nullable(),
  retries_max: retriesMax,
  tolerance_sec: toleranceSec,
  ordered,
  failing_since: timestamp.nullable().openapi({ description: "First failure since the last success." }),
  resume_at: timestamp.nullable().openapi({ description: "It asked for a pause with Retry-After." }),
  last_success_at: timestamp.nullable(),
  previous_secret_expires_at: timestamp.nullable().openapi({ description: "Until then the old secret signs as well." }),
  ...instantFields,
};

export const webhook = z.strictObject(fields).openapi("Webhook");

export const webhookWithSecret = z.strictObject({
  ...fields,
  secret: z.string().nullable().openapi({
    description: "Shown this once. Null in the repeated answer of an Idempotency-Key.",
    example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
  }),
}).openapi("WebhookWithSecret");

export const newWebhook = z.strictObject({
  url,
  events,
  description: description.optional(),
  retries_max: retriesMax.optional(),
  tolerance_sec: toleranceSec.optional(),
  ordered: ordered.optional(),
  enabled: z.boolean().optional(),
}).openapi("NewWebhook");

export const webhookPatch = z.strictObject({
  url,
  events,
  description,
  retries_max: retriesMax,
  tolerance_sec: toleranceSec,
  ordered,
  enabled: z.boolean(),
}).partial().refine((patch) => Object.keys(patch).length > 0, "must name at least one field").openapi("WebhookPatch");

const attempt = {
  attempt: z.int().min(1),
  started_at: timestamp,
  duration_ms: z.int().min(0),
  status_code: z.int().nullable(),
  error: z.string().nullable(),
};

export const deliveryStatus = z.enum(["blocked", "pending", "retrying", "delivered", "dead"]);

const deliveryFields = {
  id,
  endpoint_id: id,
  event_id: id,
  event_type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  status: deliveryStatus,
  attempt: z.int().min(0).openapi({ description: "Attempts since it was last queued." }),
  attempts_total: z.int().min(0),
  next_attempt_at: timestamp.nullable(),
  last_error: z.string().nullable(),
  last_status_code: z.int().nullable(),
  signature: z.string().nullable(),
  timestamp: timestamp.nullable(),
  entity: z.string().nullable(),
  created_at: timestamp,
  finished_at: timestamp.nullable(),
};

export const delivery = z.strictObject({ ...deliveryFields, attempts: z.array(z.strictObject(attempt)).max(50) })
  .openapi("WebhookDelivery");

export const deliveryWithBodies = z.strictObject({
  ...deliveryFields,
  attempts: z.array(
    z.strictObject({
      ...attempt,
      response_body: z.string().nullable().openapi({ description: "The first 4 KiB of the answer." }),
    }),
  ).max(50),
}).openapi("WebhookDeliveryWithBodies");

export const queued = z.strictObject({ queued: z.int().min(0) }).openapi("QueuedDeliveries");
export const replayed = z.strictObject({
  queued: z.int().min(0),
  missed: z.int().min(0).openapi({ description: "Events it had never been sent." }),
  again: z.int().min(0).openapi({ description: "Events it is sent once more." }),
}).openapi("ReplayedEvents");

const at = "2026-01-31T09:30:00.000000+00:00";

export const webhookExample = {
  id: "5d1e8f8f-0a6f-4e3f-9d11-b5a4c1de6f0f",
  url: "https://example.com/hook",
  description: "Our ERP",
  events: ["job.completed", "product.updated"],
  enabled: true,
  disabled_reason: null,
  disabled_at: null,
  retries_max: 9,
  tolerance_sec: 300,
  ordered: false,
  failing_since: null,
  resume_at: null,
  last_success_at: at,
  previous_secret_expires_at: null,
  created_at: at,
  updated_at: at,
};

export const secretExample = { ...webhookExample, secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDC2FVsBQIhrs=" };

export const deliveryExample = {
  id: "0b7c5d1e-2a3f-4c5d-8e9f-1a2b3c4d5e6f",
  endpoint_id: webhookExample.id,
  event_id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
  event_type: "product.updated",
  payload: {
    event_id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
    event_type: "product.updated",
    vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
    occurred_at: "2026-01-31T09:30:00.000Z",
    data: { count: 1, inserted: 1, updated: 0, deleted: 0, product_ids: ["7c9e6679-7425-40de-944b-e07fc1f90ae7"] },
  },
  status: "retrying",
  attempt: 1,
  attempts_total: 1,
  next_attempt_at: at,
  last_error: "HTTP 500",
  last_status_code: 500,
  signature: "v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
  timestamp: at,
  entity: null,
  created_at: at,
  finished_at: null,
  attempts: [{ attempt: 1, started_at: at, duration_ms: 41, status_code: 500, error: "HTTP 500" }],
};

export const deliveryWithBodiesExample = {
  ...deliveryExample,
  attempts: deliveryExample.attempts.map((row) => ({ ...row, response_body: "Internal Server Error" })),
};
