import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { id, idParams, pageOf, paging, timestamp } from "../_shared/http/fields.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";

const session = z.strictObject({
  id,
  user_id: id,
  vendor_id: id,
  justification: z.string(),
  opened_at: timestamp,
  expires_at: timestamp,
  closed_at: timestamp.nullable(),
}).openapi("BreakGlassSession");

const opening = z.strictObject({
  vendor_id: id,
  justification: z.string().trim().min(10).max(2000).openapi({
    description: "Why, in a sentence; it stands in every audit row of the session.",
  }),
  minutes: z.int().min(1).max(60).optional().openapi({ description: "30 when left out." }),
}).openapi("BreakGlassOpening");

const closed = z.strictObject({ closed: z.int().min(0).openapi({ description: "How many sessions ended." }) })
  .openapi("BreakGlassClosed");

const example = {
  id: "5d0c2f7e-1b3a-4e5f-9a8b-7c6d5e4f3a2b",
  user_id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
  vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  justification: "Support case 4711: the import of 12 March lost its prices.",
  opened_at: "2026-01-31T09:30:00.000000+00:00",
  expires_at: "2026-01-31T10:00:00.000000+00:00",
  closed_at: null,
};

/** A superadmin's way into one vendor's data: with a reason, for an hour at most, and every request written down. */
export function registerBreakGlass(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/break-glass",
    operationId: "openBreakGlass",
    summary: "Open one vendor's data to the calling superadmin",
    description: "Until the session ends, requests that name the vendor with `X-Vendor-Id` are let in as an admin's. " +
      "Each is written to the vendor's audit log with the justification.",
    tag: "Platform",
    access: "superadmin",
    body: opening,
    bodyExample: { vendor_id: example.vendor_id, justification: example.justification, minutes: 30 },
    answers: { 201: { description: "Open.", schema: session, example } },
    problems: ["not-found"],
  }, async ({ c, claims, body: given }) => {
    const { body, rows } = await rpc(
      claims,
      "open_break_glass(vendor_id uuid, justification text, minutes int)",
      given,
    );
    countRows(c, { written: rows });
    return jsonText(body, 201);
  });

  service.route({
    method: "get",
    path: "/v1/break-glass",
    operationId: "listBreakGlass",
    summary: "List break-glass sessions, newest first",
    description: "All of them for a superadmin, those about their vendor for its admins.",
    tag: "Platform",
    access: { role: "vendor_admin", orSuperadmin: true },
    query: z.object(paging),
    answers: {
      200: {
        description: "A page of sessions.",
        schema: pageOf(session, "BreakGlassPage"),
        example: { data: [example], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { cursor, limit: page_limit } }) => {
    const { body, rows } = await rpc(claims, "list_break_glass(cursor text, page_limit int)", { cursor, page_limit });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/break-glass",
    operationId: "closeAllBreakGlass",
    summary: "End all open sessions of the calling superadmin",
    tag: "Platform",
    access: "superadmin",
    answers: { 200: { description: "Ended.", schema: closed, example: { closed: 1 } } },
  }, async ({ c, claims }) => {
    const { body } = await rpc(claims, "close_break_glass()");
    countRows(c, { written: (JSON.parse(body) as z.output<typeof closed>).closed });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/break-glass/{id}",
    operationId: "closeBreakGlass",
    summary: "End one open session of the calling superadmin",
    tag: "Platform",
    access: "superadmin",
    params: idParams,
    answers: { 200: { description: "Ended.", schema: closed, example: { closed: 1 } } },
  }, async ({ c, claims, params }) => {
    const { body } = await rpc(claims, "close_break_glass(id uuid)", params);
    countRows(c, { written: 1 });
    return jsonText(body);
  });
}
