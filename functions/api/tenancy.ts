import { z } from "@hono/zod-openapi";
import { rpc } from "../_shared/rpc.ts";
import { id } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";

const me = z.strictObject({
  user: z.strictObject({
    id,
    appwrite_user_id: z.string(),
    email: z.string().nullable(),
    display_name: z.string().nullable(),
  }).nullable().openapi({ description: "Null for service clients." }),
  role: z.string().nullable().openapi({
    description: "vendor_viewer, vendor_operator, vendor_admin, superadmin or client.",
  }),
  vendor: z.strictObject({ id, code: z.string(), name: z.string(), status: z.enum(["active", "suspended"]) })
    .nullable(),
  memberships: z.array(
    z.strictObject({ vendor_id: id, vendor_code: z.string(), vendor_name: z.string(), role: z.string() }),
  ),
}).openapi("Me");

const example = {
  user: {
    id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
    appwrite_user_id: "65f1c0de2b7a1",
    email: "kim@example.com",
    display_name: "Kim",
  },
  role: "vendor_operator",
  vendor: { id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11", code: "demo", name: "Demo", status: "active" },
  memberships: [{
    vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
    vendor_code: "demo",
    vendor_name: "Demo",
    role: "vendor_operator",
  }],
};

const membership = z.strictObject({
  vendor_id: id,
  vendor_code: z.string(),
  vendor_name: z.string(),
  role: z.string(),
  status: z.enum(["active", "invited"]),
}).openapi("Membership");

/** Who the caller is to us. */
export function registerTenancy(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/me",
    operationId: "getMe",
    summary: "Show the caller's user, vendor and role",
    tag: "Identity",
    access: "known",
    answers: { 200: { description: "The caller.", schema: me, example } },
  }, async ({ claims }) => jsonText((await rpc(claims, "get_me()")).body));

  service.route({
    method: "get",
    path: "/v1/memberships",
    operationId: "listMemberships",
    summary: "List the caller's vendors",
    description: "Without naming one, so that somebody of several vendors learns what to name in `X-Vendor-Id`. Open " +
      "invitations are listed as `invited`.",
    tag: "Identity",
    access: "signed-in",
    answers: {
      200: {
        description: "Memberships by the vendor's code.",
        schema: z.strictObject({ data: z.array(membership) }).openapi("Memberships"),
        example: { data: example.memberships.map((row) => ({ ...row, status: "active" as const })) },
      },
    },
  }, async ({ claims }) => jsonText((await rpc(claims, "list_memberships()")).body));
}
