import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { id, timestamp } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";

const json = z.record(z.string(), z.unknown());

const entry = z.strictObject({
  at: timestamp,
  event: z.string().openapi({ description: "What happened, such as `job.completed` or `event.product.updated`." }),
  entity: z.string().openapi({ description: "super_id, job, generation_run, event or delivery." }),
  entity_id: z.string(),
  vendor_id: id.nullable(),
  data: json,
}).openapi("WorkflowEntry");

const workflow = z.strictObject({
  super_id: id,
  generated_at: timestamp.nullable(),
  requested_by_client_id: z.string().nullable().openapi({ description: "Null for members of a vendor." }),
  metadata: json.nullable().openapi({ description: "Null for members of a vendor." }),
  timeline: z.array(entry).max(1000),
  truncated: z.boolean().openapi({ description: "Whether more happened than the thousand entries shown." }),
}).openapi("Workflow");

const superId = "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31";
const example = {
  super_id: superId,
  generated_at: "2026-01-31T09:30:00.000000+00:00",
  requested_by_client_id: "agent-7",
  metadata: { workflow: "property_analysis" },
  timeline: [{
    at: "2026-01-31T09:30:00.000000+00:00",
    event: "super_id.minted",
    entity: "super_id",
    entity_id: superId,
    vendor_id: null,
    data: {},
  }],
  truncated: false,
};

/** The story behind one super id. */
export function registerWorkflows(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/workflows/{super_id}",
    operationId: "getWorkflow",
    summary: "Show what happened under a super id",
    description: "In order of time: the id itself, ingestion jobs, generation runs, events and their deliveries. " +
      "Members see what belongs to their vendor, service clients with super_id:read the workflows they asked the id " +
      "for, superadmins everything; for anybody else there is no such workflow.",
    tag: "Workflows",
    access: "known",
    params: z.object({ super_id: id }),
    answers: { 200: { description: "The timeline.", schema: workflow, example } },
    problems: ["not-found"],
  }, async ({ c, claims, params }) => {
    const { body } = await rpc(claims, "get_workflow(super_id uuid)", params);
    countRows(c, { read: 1 });
    c.set("superId", params.super_id);
    return jsonText(body);
  });
}
