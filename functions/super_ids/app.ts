import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { openApiDocument } from "../_shared/http/openapi.ts";
import { json, jsonText } from "../_shared/http/respond.ts";
import { createService, type Service } from "../_shared/http/service.ts";
import { callAs, rpc } from "../_shared/rpc.ts";
import { retry } from "../_shared/retry.ts";

const superId = z.uuid();

const request = z.strictObject({
  count: z.int().min(1).max(1000).optional().openapi({ description: "How many; 1 when left out." }),
  metadata: z.record(z.string(), z.unknown()).optional().openapi({
    description: "An object of at most 4 KiB, recorded with each id.",
  }),
});

const single = z.strictObject({ super_id: superId }).openapi("SuperId");
const batch = z.strictObject({ super_ids: z.array(superId).min(1).max(1000) }).openapi("SuperIds");

const superIdRecord = z.strictObject({
  super_id: superId,
  generated_at: z.string().openapi({ format: "date-time" }),
  requested_by_client_id: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
}).openapi("SuperIdRecord");

const example = "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31";

/** The Super ID service: workflow ids for orchestrators and agents, each recorded before it is handed out. */
export function createSuperIds(): Service {
  const service = createService({ name: "super_ids", basePath: "/super_ids", serverPath: "" });

  service.route({
    method: "get",
    path: "/openapi.json",
    operationId: "getOpenApi",
    summary: "Show this document",
    tag: "Service",
    access: "public",
    answers: { 200: { description: "The OpenAPI document.", schema: z.looseObject({ openapi: z.string() }) } },
  }, () => json(openApiDocument(service, about)));

  service.route({
    method: "post",
    path: "",
    operationId: "generateSuperIds",
    summary: "Make and record super ids",
    description: "One id is answered as `{ super_id }`, several (`count` of 2 or more) as `{ super_ids }`.",
    tag: "Super ids",
    access: { permission: "super_id:generate" },
    body: request,
    bodyOptional: true,
    bodyExample: { count: 2, metadata: { workflow: "property_analysis" } },
    answers: {
      201: { description: "Recorded.", schema: z.union([single, batch]), example: { super_id: example } },
    },
  }, async ({ c, claims, body }) => {
    // A lost answer may leave ids that nobody was told: harmless, where an id that is not recorded would not be.
    const { body: text, rows } = await retry(() =>
      callAs(
        claims,
        "select jsonb_build_object('data', jsonb_agg(s)) " +
          "from public.mint_super_ids(count => ($1 ->> 'count')::int, metadata => $1 -> 'metadata') as s",
        JSON.stringify({ count: body.count ?? 1, metadata: body.metadata }),
      )
    );
    countRows(c, { written: rows });
    const ids = (JSON.parse(text) as { data: string[] }).data;
    if (ids.length > 1) return json({ super_ids: ids }, 201);
    c.set("superId", ids[0] ?? "");
    return json({ super_id: ids[0] }, 201);
  });

  service.route({
    method: "get",
    path: "/{id}",
    operationId: "getSuperId",
    summary: "Show the record of a super id",
    tag: "Super ids",
    access: { permission: "super_id:read" },
    params: z.object({ id: superId }),
    answers: {
      200: {
        description: "The record.",
        schema: superIdRecord,
        example: {
          super_id: example,
          generated_at: "2026-01-31T09:30:00Z",
          requested_by_client_id: "agent-7",
          metadata: null,
        },
      },
    },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await retry(() => rpc(claims, "get_super_id(super_id uuid)", { super_id: params.id }));
    countRows(c, { read: rows });
    c.set("superId", params.id.toLowerCase());
    return jsonText(body);
  });

  return service;
}

const about = {
  title: "Odyssey Super ID service",
  description: "Makes super ids (UUID v4) for workflows and records each before it hands it out.",
  tags: [
    { name: "Super ids", description: "Workflow ids." },
    { name: "Service", description: "The service itself." },
  ],
};
