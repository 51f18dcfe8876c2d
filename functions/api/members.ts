import { z } from "@hono/zod-openapi";
import { roles } from "../_shared/auth/identity.ts";
import { countRows } from "../_shared/http/context.ts";
import { id, idParams, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";

const admin = { role: "vendor_admin" } as const;
const role = z.enum(roles);

const member = z.strictObject({
  id,
  user_id: id,
  appwrite_user_id: z.string(),
  email: z.string().nullable().openapi({ description: "Null until they have accepted." }),
  display_name: z.string().nullable(),
  role,
  status: z.enum(["active", "invited", "suspended"]),
  ...instantFields,
}).openapi("Member");

const appwriteUserId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, "must be the id of an Appwrite user");

const invitation = z.strictObject({
  appwrite_user_id: appwriteUserId,
  role,
  email: z.email().max(320).optional().openapi({ description: "Kept for somebody who is new here." }),
  display_name: text(200).trim().min(1).optional(),
}).openapi("Invitation");

const patch = z.strictObject({ role, status: z.enum(["active", "suspended"]) }).partial()
  .refine((changes) => Object.keys(changes).length > 0, "must name at least one field").openapi("MemberPatch");

const acceptance = z.strictObject({ vendor_id: id }).openapi("InvitationAcceptance");

const example = {
  id: "0b7c5d1e-2a3f-4c5d-8e9f-1a2b3c4d5e6f",
  user_id: "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c",
  appwrite_user_id: "65f1c0de2b7a1",
  email: "kim@example.com",
  display_name: "Kim",
  role: "vendor_operator",
  status: "active",
  created_at: "2026-01-31T09:30:00.000000+00:00",
  updated_at: "2026-01-31T09:30:00.000000+00:00",
};
const invited = { ...example, email: null, display_name: null, status: "invited" };

/** The people of the caller's vendor: invited, accepted, changed, removed. */
export function registerMembers(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/members",
    operationId: "listMembers",
    summary: "List members",
    description: "Oldest first, open invitations included.",
    tag: "Members",
    access: admin,
    query: z.object({
      role: role.optional(),
      status: z.enum(["active", "invited", "suspended"]).optional(),
      ...paging,
    }),
    answers: {
      200: {
        description: "A page of members.",
        schema: pageOf(member, "MemberPage"),
        example: { data: [example], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...filters } }) => {
    const { body, rows } = await rpc(
      claims,
      "list_members(role text, status text, cursor text, page_limit int)",
      { ...filters, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/members",
    operationId: "inviteMember",
    summary: "Invite an Appwrite user",
    description: "They come in once they accept with `POST /v1/members/accept`. Inviting somebody again changes the " +
      "role in the open invitation.",
    tag: "Members",
    access: admin,
    body: invitation,
    bodyExample: { appwrite_user_id: "65f1c0de2b7a1", role: "vendor_operator" },
    answers: { 201: { description: "Invited.", schema: member, example: invited, headers: locationHeader } },
    problems: ["already-exists"],
  }, async ({ c, claims, body: given }) => {
    const { body, rows } = await rpc(
      claims,
      "invite_member(appwrite_user_id text, role text, email text, display_name text)",
      given,
    );
    countRows(c, { written: rows });
    return created(c, body);
  });

  service.route({
    method: "post",
    path: "/v1/members/accept",
    operationId: "acceptInvitation",
    summary: "Accept an invitation into a vendor",
    tag: "Members",
    access: "signed-in",
    body: acceptance,
    bodyExample: { vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11" },
    answers: { 200: { description: "The membership.", schema: member, example } },
    problems: ["not-found"],
  }, async ({ c, claims, body: given }) => {
    const { body, rows } = await rpc(claims, "accept_invitation(vendor_id uuid)", given);
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/members/{id}",
    operationId: "patchMember",
    summary: "Change role or status of a member",
    description: "A suspended member cannot do anything until active again. The last active admin stays one.",
    tag: "Members",
    access: admin,
    params: idParams,
    body: patch,
    bodyExample: { role: "vendor_viewer" },
    answers: { 200: { description: "The member as they are now.", schema: member, example } },
    problems: ["last-admin"],
  }, async ({ c, claims, params, body: changes }) => {
    const { body, rows } = await rpc(claims, "update_member(id uuid, role text, status text)", {
      ...params,
      ...changes,
    });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/members/{id}",
    operationId: "removeMember",
    summary: "Remove a member, or withdraw an invitation",
    description: "The last active admin cannot be removed.",
    tag: "Members",
    access: admin,
    params: idParams,
    answers: { 204: { description: "Removed." } },
    problems: ["last-admin"],
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "remove_member(id uuid)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}
