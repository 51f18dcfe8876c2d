/** People and clients of the running stack, and clients of its functions that check every answer. */
import postgres from "postgres";
import { createIdentity, type IdentityRole } from "../../scripts/local/identities.ts";
import { OpenApiClient } from "../openapi_client.ts";

function needed(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set: these tests run against a stack (npm test)`);
  return value;
}

export const stack = {
  url: needed("SUPABASE_URL"),
  functionsUrl: `${needed("SUPABASE_URL")}/functions/v1`,
  publishableKey: needed("SUPABASE_PUBLISHABLE_KEY"),
  databaseUrl: needed("SUPABASE_DB_URL"),
};

const identitySettings = {
  SUPABASE_DB_URL: stack.databaseUrl,
  APPWRITE_JWT_SECRET: needed("APPWRITE_JWT_SECRET"),
};

/** A short word that no other test run has used, for vendors and users of one file. */
export const unique = crypto.randomUUID().slice(0, 8);

export interface Person {
  token: string;
  vendorId: string;
}

/** A person of this file: `olga-<unique>`, in the vendor `<code>-<unique>`. */
export async function createPerson(name: string, role: IdentityRole): Promise<Person> {
  const own = "vendor" in role ? { ...role, vendor: `${role.vendor}-${unique}` } : role;
  const { token, vendorId } = await createIdentity(identitySettings, { ...own, userId: `${name}-${unique}` });
  return { token, vendorId: vendorId ?? "" };
}

export const apiClient = (): Promise<OpenApiClient> => OpenApiClient.of(`${stack.functionsUrl}/api/openapi.json`);
export const superIdsClient = (): Promise<OpenApiClient> =>
  OpenApiClient.of(`${stack.functionsUrl}/super_ids/openapi.json`);
export const constructionClient = (): Promise<OpenApiClient> =>
  OpenApiClient.of(`${stack.functionsUrl}/construction/openapi.json`);

/** The stack's database, as its owner; the caller ends it. */
export const connect = (): postgres.Sql => postgres(stack.databaseUrl, { max: 2, onnotice: () => {} });

/** Somebody Appwrite knows and we do not: signed in, and nothing more. */
export async function createStranger(name: string): Promise<Person & { userId: string }> {
  const person = await createPerson(name, { role: "client", permissions: [] });
  const userId = `${name}-${unique}`;
  const sql = connect();
  await sql`delete from public.app_clients where appwrite_user_id = ${userId}`.finally(() => sql.end());
  return { ...person, userId };
}
