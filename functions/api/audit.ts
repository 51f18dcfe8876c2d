import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { freshness, freshPageOf, id, instant, paging, text, timestamp } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";

const access = { role: "vendor_admin", orSuperadmin: true } as const;

const entry = z.strictObject({
  id: z.int(),
  timestamp,
  actor_user_id: id.nullable(),
  actor_client_id: z.string().nullable().openapi({ description: "Appwrite id, or the name of a service client." }),
  actor_role: z.string(),
  vendor_id: id.nullable(),
  action: z.string().openapi({ description: "Such as member.updated, health.read, access.refused." }),
  entity: z.string(),
  entity_id: z.string().nullable(),
  before: z.unknown().openapi({ description: "What was there, as far as it changed." }),
  after: z.unknown().openapi({ description: "What is there since, as far as it changed." }),
  ip: z.string().nullable(),
  ua: z.string().nullable(),
  request_id: z.string().nullable(),
  justification: z.string().nullable(),
}).openapi("AuditEntry");

const entryExample = {
  id: 4711,
  timestamp: "2026-01-31T09:30:00.000000+00:00",
  actor_user_id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
  actor_client_id: "65f1c0de2b7a1",
  actor_role: "vendor_admin",
  vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  action: "member.updated",
  entity: "member",
  entity_id: "0b7c5d1e-2a3f-4c5d-8e9f-1a2b3c4d5e6f",
  before: { role: "vendor_viewer" },
  after: { role: "vendor_operator" },
  ip: "203.0.113.7",
  ua: "Mozilla/5.0",
  request_id: "5f0c9f6e-0b3e-4f5e-9d59-2f0a3a0a7c11",
  justification: null,
};

const filters = z.object({
  action: text(100).optional(),
  entity: text(100).optional(),
  entity_id: text(200).optional(),
  actor_user_id: id.optional(),
  since: instant.optional(),
  until: instant.optional(),
  ...paging,
});

const place = z.string().regex(/^[1-9]\d{0,17}$/, "must be a place in the chain, from 1").optional()
  .openapi({ type: "integer", minimum: 1 });

const verification = z.strictObject({
  valid: z.boolean(),
  first_broken: z.strictObject({
    seq: z.int().nullable(),
    audit_id: z.int().nullable(),
    code: z.string().openapi({
      description: "seal_missing, chain_broken, row_missing, row_changed or row_not_sealed.",
    }),
  }).nullable(),
  from_seq: z.int(),
  to_seq: z.int(),
  checked: z.int(),
  hash: z.string().nullable().openapi({ description: "Hash at to_seq, as hex." }),
  next_seq: z.int().nullable().openapi({ description: "Where to go on; null at the end." }),
  head: z.strictObject({ seq: z.int(), hash: z.string() }).openapi({
    description: "End of the chain. Keep it elsewhere: it then proves that all before it is as it was.",
  }),
  meta: freshness.optional(),
}).openapi("AuditVerification");

const hash = "5c0e4f5d1c8f0b8f9f5a3f5f8d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8d0e2f4a6b";

/** The audit log of the caller's vendor, or of the platform for a superadmin outside break-glass. */
export function registerAudit(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/audit",
    operationId: "listAudit",
    summary: "List audit entries, newest first",
    description: "Of the vendor for its admins; of the platform itself for a superadmin outside break-glass.",
    tag: "Audit",
    access,
    replica: true,
    query: filters,
    answers: {
      200: {
        description: "A page of entries.",
        schema: freshPageOf(entry, "AuditPage"),
        example: { data: [entryExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...rest } }) => {
    const { body, rows } = await rpc(
      claims,
      "list_audit_log(action text, entity text, entity_id text, actor_user_id uuid, since timestamptz, " +
        "until timestamptz, cursor text, page_limit int)",
      { ...rest, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/audit/verify",
    operationId: "verifyAudit",
    summary: "Check that the audit log is as it was sealed",
    description:
      "The chain is the whole platform's; its places tell nothing of other vendors. At most 100,000 places " +
      "a request: go on at `next_seq`.",
    tag: "Audit",
    access,
    replica: true,
    query: z.object({ from_seq: place, to_seq: place }),
    answers: {
      200: {
        description: "Whether it is, and the first place where it is not.",
        schema: verification,
        example: {
          valid: true,
          first_broken: null,
          from_seq: 1,
          to_seq: 4711,
          checked: 4711,
          hash,
          next_seq: null,
          head: { seq: 4711, hash },
        },
      },
    },
  }, async ({ c, claims, query }) => {
    const { body } = await rpc(claims, "verify_audit_log(from_seq bigint, to_seq bigint)", query);
    countRows(c, { read: (JSON.parse(body) as z.output<typeof verification>).checked });
    return jsonText(body);
  });
}
