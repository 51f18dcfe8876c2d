import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { id, idParams, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import { created, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";

const access = "superadmin" as const;
const status = z.enum(["active", "suspended"]);
const name = text(200).trim().min(1);

const vendor = z.strictObject({
  id,
  code: z.string(),
  name: z.string(),
  status,
  settings_json: z.record(z.string(), z.unknown()),
  catalog_version: z.int().min(0),
  ...instantFields,
}).openapi("Vendor");

const quota = z.int().min(1).max(999_999_999).optional();
const settings = z.looseObject({
  rate_limits: z.strictObject({ user: quota, vendor: quota, ingest: quota }).optional().openapi({
    description: "This vendor's own quotas a minute; what is left out is the platform's.",
  }),
}).openapi("VendorSettings");

const newVendor = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9_-]{1,62}$/, "must be 2 to 63 of a-z, 0-9, _ and -"),
  name,
  settings: settings.optional(),
}).openapi("NewVendor");

const patch = z.strictObject({
  name,
  status,
  settings,
  reason: text(2000).trim().min(1).openapi({ description: "Kept in the audit log." }),
}).partial().refine(
  (changes) => Object.keys(changes).some((field) => field !== "reason"),
  "must name at least one field to change",
).openapi("VendorPatch");

const example = {
  id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  code: "acme",
  name: "Acme Foods",
  status: "active",
  settings_json: { rate_limits: { vendor: 6000 } },
  catalog_version: 12,
  created_at: "2026-01-31T09:30:00.000000+00:00",
  updated_at: "2026-01-31T09:30:00.000000+00:00",
};

/** The tenants of the platform, for its superadmins. What a vendor holds stays closed to them. */
export function registerVendors(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/vendors",
    operationId: "listVendors",
    summary: "List vendors by code",
    tag: "Platform",
    access,
    query: z.object({ status: status.optional(), ...paging }),
    answers: {
      200: {
        description: "A page of vendors.",
        schema: pageOf(vendor, "VendorPage"),
        example: { data: [example], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...filters } }) => {
    const { body, rows } = await rpc(claims, "list_vendors(status text, cursor text, page_limit int)", {
      ...filters,
      page_limit,
    });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/vendors",
    operationId: "createVendor",
    summary: "Make a vendor",
    tag: "Platform",
    access,
    body: newVendor,
    bodyExample: { code: "acme", name: "Acme Foods" },
    answers: { 201: { description: "Made.", schema: vendor, example, headers: locationHeader } },
    problems: ["vendor-exists"],
  }, async ({ c, claims, body: given }) => {
    const { body, rows } = await rpc(claims, "create_vendor(code text, name text, settings jsonb)", given);
    countRows(c, { written: rows });
    return created(c, body);
  });

  service.route({
    method: "get",
    path: "/v1/vendors/{id}",
    operationId: "getVendor",
    summary: "Show a vendor",
    tag: "Platform",
    access,
    params: idParams,
    answers: { 200: { description: "The vendor.", schema: vendor, example } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_vendor(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/vendors/{id}",
    operationId: "patchVendor",
    summary: "Change, suspend or reactivate a vendor",
    description: "While a vendor is suspended nobody of it gets in and its jobs wait. `settings` replaces the former " +
      "ones whole.",
    tag: "Platform",
    access,
    params: idParams,
    body: patch,
    bodyExample: { status: "suspended", reason: "Unpaid since March." },
    answers: { 200: { description: "The vendor as it is now.", schema: vendor, example } },
  }, async ({ c, claims, params, body: changes }) => {
    const { body, rows } = await rpc(
      claims,
      "update_vendor(id uuid, name text, status text, settings jsonb, reason text)",
      { ...params, ...changes },
    );
    countRows(c, { written: rows });
    return jsonText(body);
  });
}
