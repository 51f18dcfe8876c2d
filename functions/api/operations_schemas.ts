import { z } from "@hono/zod-openapi";
import { id, timestamp } from "../_shared/http/fields.ts";

const count = z.int().min(0);
const milliseconds = z.number().min(0).nullable();
const share = z.number().min(0).max(1).nullable();

/** The operators' page in one answer. */
export const overview = z.strictObject({
  generated_at: timestamp,
  requests: z.array(z.strictObject({
    minute: timestamp,
    count,
    errors: count.openapi({ description: "Answers of 500 and above." }),
    p50_ms: milliseconds,
    p95_ms: milliseconds,
  })).max(60).openapi({
    description: "The last 60 minutes, the running one last; without the worker's own calls. Percentiles are " +
      "estimated from a histogram; null in a minute without requests.",
  }),
  queues: z.array(z.strictObject({
    name: z.string(),
    depth: count,
    oldest_age_seconds: count.openapi({ description: "0 when nothing waits." }),
  })).max(100).openapi({ description: "Work queues, the outbox of events, and webhooks that are due." }),
  jobs: z.strictObject({ queued: count, running: count, failed_24h: count, completed_24h: count }),
  deliveries: z.strictObject({
    pending: count,
    delivered_24h: count,
    failed_24h: count.openapi({ description: "Given up in the last 24 hours." }),
    dead: count.openapi({ description: "Given up in all: the dead letters." }),
  }),
  lookups: z.strictObject({
    hit_rate: share.openapi({ description: "Of the last hour; null without lookups." }),
    fallback_rate: share,
    breaker: z.enum(["closed", "open", "half_open"]).nullable().openapi({
      description: "The worst that a process said in the last 15 minutes; null when none spoke.",
    }),
  }),
  audit: z.strictObject({
    unsealed: count,
    last_sealed_at: timestamp.nullable().openapi({ description: "Time of the newest sealed entry." }),
  }),
  alerts_firing: count,
}).openapi("OperationsOverview");

/** An overview as the reference shows it. */
export const overviewExample = {
  generated_at: "2026-01-31T09:30:12.000000+00:00",
  requests: [{ minute: "2026-01-31T09:30:00+00:00", count: 240, errors: 0, p50_ms: 6.1, p95_ms: 42.5 }],
  queues: [{ name: "ingest", depth: 2, oldest_age_seconds: 1 }],
  jobs: { queued: 1, running: 2, failed_24h: 0, completed_24h: 41 },
  deliveries: { pending: 3, delivered_24h: 1840, failed_24h: 0, dead: 0 },
  lookups: { hit_rate: 0.97, fallback_rate: 0.01, breaker: "closed" },
  audit: { unsealed: 0, last_sealed_at: "2026-01-31T09:30:11.000000+00:00" },
  alerts_firing: 0,
};

export const alertStatus = z.enum(["pending", "firing", "resolved"]);
export const severity = z.enum(["warning", "critical"]);
export const ruleCode = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "must be the code of a rule, such as error_rate");

/** One alert, open or past, with what its rule says. */
export const alert = z.strictObject({
  id,
  rule_code: z.string(),
  subject: z.string().openapi({ description: "A service, route or queue; empty for the whole platform." }),
  status: alertStatus.openapi({ description: "pending: holds, but not long enough to fire." }),
  severity,
  metric: z.string(),
  comparison: z.enum([">", ">=", "<", "<="]),
  threshold: z.number(),
  value: z.number().openapi({ description: "The last value at which the condition held." }),
  summary: z.string(),
  runbook: z.string().openapi({ description: "The page that says what to do." }),
  started_at: timestamp,
  fired_at: timestamp.nullable(),
  resolved_at: timestamp.nullable(),
  updated_at: timestamp,
}).openapi("Alert");

/** An alert as the reference shows it. */
export const alertExample = {
  id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  rule_code: "queue_lag",
  subject: "ingest",
  status: "firing",
  severity: "critical",
  metric: "queue_oldest_age_seconds",
  comparison: ">",
  threshold: 300,
  value: 512,
  summary: "The oldest entry of a queue has waited more than five minutes: its worker stands still or cannot keep up.",
  runbook: "docs/operations/queue_lag.md",
  started_at: "2026-01-31T09:20:00.000000+00:00",
  fired_at: "2026-01-31T09:25:00.000000+00:00",
  resolved_at: null,
  updated_at: "2026-01-31T09:30:00.000000+00:00",
};
