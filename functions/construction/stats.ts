import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { freshness } from "../_shared/http/fields.ts";
import { json } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import type { ConstructionDeps } from "./app.ts";

const measured = z.number().nullable();

const stats = z.strictObject({
  last_hour: z.strictObject({ lookups: z.int(), avg_ms: measured, p95_ms: measured, cache_hit_rate: measured }),
  last_day: z.strictObject({ lookups: z.int(), success_rate: measured, fallback_rate: measured, error_rate: measured }),
  alerts: z.array(z.strictObject({
    alert: z.string(),
    condition: z.string(),
    severity: z.enum(["Warning", "Critical"]),
    action: z.string(),
    value: measured,
    firing: z.boolean(),
  })),
  isolate: z.strictObject({
    circuit: z.enum(["closed", "open", "half_open"]),
    cached: z.int(),
    pending: z.int(),
    events_waiting: z.int(),
    events_dropped: z.int(),
  }).openapi({ description: "Of the process that answers this; others have their own cache and circuit." }),
  meta: freshness.optional(),
}).openapi("LookupStats");

/** How lookups fare: the dashboard of the database, and this process. */
export function registerStats(app: Service, { lookups, telemetry }: ConstructionDeps): void {
  app.route({
    method: "get",
    path: "/lookups/stats",
    operationId: "getLookupStats",
    summary: "Tell how lookups fare",
    description: "Times of the last hour, rates of the last day in percent, and the four alerts. Lookups are written " +
      "with a delay of some seconds.",
    tag: "Monitoring",
    access: "superadmin",
    replica: true,
    answers: {
      200: {
        description: "The figures.",
        schema: stats,
        example: {
          last_hour: { lookups: 1200, avg_ms: 0.4, p95_ms: 2.1, cache_hit_rate: 97.5 },
          last_day: { lookups: 20_000, success_rate: 98.1, fallback_rate: 1.9, error_rate: 0 },
          alerts: [{
            alert: "High Latency",
            condition: "avg_lookup_ms > 100",
            severity: "Warning",
            action: "Check database",
            value: 0.4,
            firing: false,
          }],
          isolate: { circuit: "closed", cached: 96, pending: 0, events_waiting: 3, events_dropped: 0 },
        },
      },
    },
  }, async ({ c, claims }) => {
    await telemetry.flush();
    const { body, rows } = await rpc(claims, "get_uuid_lookup_stats()");
    countRows(c, { read: rows });
    const { waiting, dropped } = telemetry.state();
    const isolate = { ...lookups.state(), events_waiting: waiting, events_dropped: dropped };
    return json({ ...JSON.parse(body), isolate });
  });
}
