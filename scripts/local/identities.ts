/**
 * People and service clients of a running local stack: the Appwrite user, what the product's database knows of them,
 * and a token as `account.createJWT()` would give it. Used by `npm run token`, `npm start` and the tests.
 */
import postgres from "postgres";
import { openAppwrite } from "./appwrite/database.ts";
import { signAppwriteJwt } from "./appwrite/jwt.ts";
import { ensureSession, ensureUser } from "./appwrite/users.ts";

/** The settings of a stack that are needed here; `<dataDir>/env` holds them. */
export type IdentitySettings = { SUPABASE_DB_URL: string; APPWRITE_JWT_SECRET: string };

export type VendorRole = "vendor_admin" | "vendor_operator" | "vendor_viewer";

/** Who somebody is to be. */
export type IdentityRole =
  | { role: VendorRole; vendor: string }
  | { role: "superadmin" }
  | { role: "client"; permissions: string[] };

/** One identity; `seconds` is how long the token holds. */
export type IdentityRequest = IdentityRole & { userId: string; seconds?: number };

/** A token, and the id of the vendor where the identity has one. */
export type Identity = { token: string; vendorId?: string };

/**
 * Makes what is missing and returns a token.
 *
 * @example
 * ```ts
 * const { token } = await createIdentity(env, { userId: "anna", role: "vendor_admin", vendor: "demo" });
 * ```
 */
export async function createIdentity(settings: IdentitySettings, request: IdentityRequest): Promise<Identity> {
  const project = postgres(settings.SUPABASE_DB_URL, { max: 1, onnotice: () => {} });
  const appwrite = openAppwrite(settings.SUPABASE_DB_URL);
  try {
    const { userId, seconds = 900 } = request;
    const register = async () => {
      await ensureUser(appwrite, { id: userId });
      return await ensureSession(appwrite, userId);
    };
    const [sessionId, vendorId] = await Promise.all([register(), grantRole(project, request)]);
    const token = await signAppwriteJwt(settings.APPWRITE_JWT_SECRET, { userId, sessionId, seconds });
    return vendorId ? { token, vendorId } : { token };
  } finally {
    // With a limit: the end of a pool whose connection was refused may never come.
    await Promise.all([project.end({ timeout: 1 }), appwrite.end({ timeout: 1 })]);
  }
}

/** Whether an error says that the stack does not run: nobody listens at its port, or another stack's database does. */
export function isNotRunning(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === "ECONNREFUSED" || code === "28P01";
}

/** The id of the vendor with this code, made where it is missing. */
export async function ensureVendor(sql: postgres.Sql, code: string, name = code): Promise<string> {
  const find = () => sql<{ id: string }[]>`select id from public.vendors where code = ${code}`;
  const [found] = await find();
  if (found) return found.id;
  await sql`select public.create_vendor(code => ${code}, name => ${name})`.catch((error) => {
    if (error.code !== "PT409") throw error; // Another command made it at the same moment.
  });
  const [made] = await find();
  if (!made) throw new Error(`The vendor ${code} could not be made`);
  return made.id;
}

async function grantRole(sql: postgres.Sql, request: IdentityRequest): Promise<string | undefined> {
  const { userId } = request;
  if (request.role === "client") {
    await sql`select app.ensure_app_client(
      appwrite_user_id => ${userId}, name => ${userId}, permissions => ${request.permissions})`;
    return undefined;
  }
  const [user] = await sql<{ id: string }[]>`
    select app.ensure_user(appwrite_user_id => ${userId}, email => ${`${userId.toLowerCase()}@example.com`}) as id`;
  if (request.role === "superadmin") {
    await sql`select app.ensure_platform_admin(user_id => ${user!.id})`;
    return undefined;
  }
  const vendorId = await ensureVendor(sql, request.vendor);
  await sql`select app.ensure_member(vendor_id => ${vendorId}, user_id => ${user!.id}, role => ${request.role})`;
  return vendorId;
}
