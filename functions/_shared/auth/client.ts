import { type Claims, database } from "../database.ts";
import { problem } from "../http/problems.ts";
import type { Identity } from "./identity.ts";

/**
 * The claims of a service client that holds a permission, or 403. An Appwrite user's permissions stand in
 * `app_clients`; the configured issuer vouches for those in its own tokens.
 */
export async function beginClientRequest(identity: Identity, permission: string): Promise<Claims> {
  const { claims, permissions } = identity.source === "issuer" ? vouched(identity) : await registered(identity.subject);
  if (!permissions.includes(permission)) {
    throw problem("missing-permission", {
      detail: `This needs the permission ${permission}; ask an administrator to grant it to the client.`,
    });
  }
  return claims;
}

interface Client {
  claims: Claims;
  permissions: readonly string[];
}

function vouched({ subject, permissions }: Identity): Client {
  return { claims: { role: "authenticated", app_role: "client", client_id: subject, permissions }, permissions };
}

async function registered(appwriteUserId: string): Promise<Client> {
  const [client] = await database()<Client[]>`
    select
      app.build_claims(appwrite_user_id => ${appwriteUserId}, app_role => 'client') as claims,
      app.client_permissions(appwrite_user_id => ${appwriteUserId}) as permissions
  `;
  if (!client) throw new Error("app.client_permissions returned no row");
  return client;
}
