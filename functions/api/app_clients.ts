import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { flag, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import { jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";

const access = "superadmin" as const;
const tag = "Platform";

const appwriteUserId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, "must be the id of an Appwrite user");
const permissions = z.array(z.enum(["super_id:generate", "super_id:read"])).max(2);
const name = text(200).trim().min(1);
const params = z.object({ appwrite_user_id: appwriteUserId });

const client = z.strictObject({
  appwrite_user_id: z.string(),
  name: z.string(),
  permissions,
  active: z.boolean().openapi({ description: "False shuts the client out at once." }),
  ...instantFields,
}).openapi("AppClient");

const newClient = z.strictObject({
  appwrite_user_id: appwriteUserId,
  name,
  permissions: permissions.optional().openapi({ description: "None when left out." }),
}).openapi("NewAppClient");

const patch = z.strictObject({ name, permissions, active: z.boolean() }).partial()
  .refine((changes) => Object.keys(changes).length > 0, "must name at least one field").openapi("AppClientPatch");

const example = {
  appwrite_user_id: "agent-7",
  name: "Property agent",
  permissions: ["super_id:generate"],
  active: true,
  created_at: "2026-01-31T09:30:00.000000+00:00",
  updated_at: "2026-01-31T09:30:00.000000+00:00",
};

/** Programs that call a service as themselves, and what each of them may do: kept by the platform's superadmins. */
export function registerAppClients(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/app-clients",
    operationId: "listAppClients",
    summary: "List service clients by their Appwrite id",
    tag,
    access,
    query: z.object({ active: flag.optional().openapi({ type: "boolean" }), ...paging }),
    answers: {
      200: {
        description: "A page of service clients.",
        schema: pageOf(client, "AppClientPage"),
        example: { data: [example], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...filters } }) => {
    const { body, rows } = await rpc(claims, "list_app_clients(active boolean, cursor text, page_limit int)", {
      ...filters,
      page_limit,
    });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/app-clients",
    operationId: "createAppClient",
    summary: "Register a service client",
    description: "The Appwrite user exists already; here it is given permissions.",
    tag,
    access,
    body: newClient,
    bodyExample: { appwrite_user_id: "agent-7", name: "Property agent", permissions: ["super_id:generate"] },
    answers: { 201: { description: "Registered.", schema: client, example, headers: locationHeader } },
    problems: ["already-exists"],
  }, async ({ c, claims, body: given }) => {
    const { body, rows } = await rpc(
      claims,
      "create_app_client(appwrite_user_id text, name text, permissions text[])",
      given,
    );
    countRows(c, { written: rows });
    return jsonText(body, 201, { Location: `/functions/v1/api/v1/app-clients/${given.appwrite_user_id}` });
  });

  service.route({
    method: "get",
    path: "/v1/app-clients/{appwrite_user_id}",
    operationId: "getAppClient",
    summary: "Show a service client",
    tag,
    access,
    params,
    answers: { 200: { description: "The service client.", schema: client, example } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_app_client(appwrite_user_id text)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/app-clients/{appwrite_user_id}",
    operationId: "patchAppClient",
    summary: "Change, shut out or let in a service client",
    description: "`permissions` replaces the former ones whole. What is taken away is gone from the next request on.",
    tag,
    access,
    params,
    body: patch,
    bodyExample: { active: false },
    answers: { 200: { description: "The service client as it is now.", schema: client, example } },
  }, async ({ c, claims, params, body: changes }) => {
    const { body, rows } = await rpc(
      claims,
      "update_app_client(appwrite_user_id text, name text, permissions text[], active boolean)",
      { ...params, ...changes },
    );
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/app-clients/{appwrite_user_id}",
    operationId: "deleteAppClient",
    summary: "Remove a service client",
    description: "The super ids it was given stay on record.",
    tag,
    access,
    params,
    answers: { 204: { description: "Removed." } },
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_app_client(appwrite_user_id text)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}
