import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { pageOf, paging } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import { alert, alertExample, alertStatus, overview, overviewExample, ruleCode, severity } from "./operations_schemas.ts";

const access = "superadmin" as const;

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
}
