import { z } from "@hono/zod-openapi";
import { database } from "../_shared/database.ts";
import { countRows } from "../_shared/http/context.ts";
import { pageOf, paging } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { expositionType, type Metrics, writeExposition } from "../_shared/metrics/exposition.ts";
import { rpc } from "../_shared/rpc.ts";
import {
  alert,
  alertExample,
  alertStatus,
  overview,
  overviewExample,
  ruleCode,
  severity,
} from "./operations_schemas.ts";

const access = "superadmin" as const;

const metricsExample = writeExposition({
  requests: [],
  gauges: [{ name: "odyssey_queue_depth", labels: { queue: "ingest" }, value: 2 }],
});

/** How the platform fares, for its operators: counts alone, never a vendor's data. */
export function registerOperations(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/operations/overview",
    operationId: "getOperationsOverview",
    summary: "Show how the platform fares",
    description: "Requests are written with a delay of some seconds.",
    tag: "Operations",
    access,
    answers: { 200: { description: "The figures.", schema: overview, example: overviewExample } },
  }, async ({ claims }) => jsonText((await rpc(claims, "get_operations_overview()")).body));

  service.route({
    method: "get",
    path: "/v1/alerts",
    operationId: "listAlerts",
    summary: "List alerts, newest first",
    description: "The rules are evaluated once a minute.",
    tag: "Operations",
    access,
    query: z.object({
      status: alertStatus.optional(),
      severity: severity.optional(),
      rule: ruleCode.optional(),
      ...paging,
    }),
    answers: {
      200: {
        description: "A page of alerts.",
        schema: pageOf(alert, "AlertPage"),
        example: { data: [alertExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...filters } }) => {
    const { body, rows } = await rpc(
      claims,
      "list_alerts(status text, severity text, rule text, cursor text, page_limit int)",
      { ...filters, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/metrics",
    operationId: "getMetrics",
    summary: "Give the metrics to Prometheus",
    description:
      "Text format 0.0.4. Counters count since the beginning, over all processes; each process adds what it " +
      "counted every five seconds.",
    tag: "Operations",
    access: "monitoring",
    answers: { 200: { description: "The metrics.", content: "text/plain", example: metricsExample } },
  }, async () => {
    const [row] = await database()<{ metrics: string }[]>`select app.read_metrics()::text as metrics`;
    const text = writeExposition(JSON.parse(row?.metrics ?? "{}") as Metrics);
    return new Response(text, { headers: { "Content-Type": expositionType } });
  });
}
