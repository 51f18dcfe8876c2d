import { deepStrictEqual, strictEqual } from "node:assert";
import { SignJWT } from "jose";
import { createIdentity } from "../../scripts/local/identities.ts";
import { stack, unique } from "./people.ts";

const endpoint = Deno.env.get("APPWRITE_ENDPOINT")!;
const project = Deno.env.get("APPWRITE_PROJECT_ID")!;
const apiKey = Deno.env.get("APPWRITE_API_KEY")!;
const secret = Deno.env.get("APPWRITE_JWT_SECRET")!;
const userId = `anna-${unique}`;

const signIn = async () => {
  const settings = { SUPABASE_DB_URL: stack.databaseUrl, APPWRITE_JWT_SECRET: secret };
  return (await createIdentity(settings, { userId, role: "vendor_viewer", vendor: `appwrite-${unique}` })).token;
};

async function account(headers: Record<string, string>): Promise<[number, string]> {
  const response = await fetch(`${endpoint}/account`, { headers: { "X-Appwrite-Project": project, ...headers } });
  const body = await response.json();
  return [response.status, body.$id ?? body.type];
}

async function manage(method: string, path: string, body?: unknown): Promise<number> {
  const response = await fetch(`${endpoint}/users/${userId}/${path}`, {
    method,
    headers: { "X-Appwrite-Project": project, "X-Appwrite-Key": apiKey },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  await response.body?.cancel();
  return response.status;
}

Deno.test("appwrite: an account answers to its own valid token only", async () => {
  const token = await signIn();
  const signed = (key: string, claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "HS256" }).sign(new TextEncoder().encode(key));
  const soon = Math.floor(Date.now() / 1000) + 60;

  deepStrictEqual(await account({ "X-Appwrite-JWT": token }), [200, userId]);
  deepStrictEqual(await account({}), [401, "general_unauthorized_scope"]);
  deepStrictEqual(await account({ "X-Appwrite-JWT": token, "X-Appwrite-Project": "other" }), [
    404,
    "project_not_found",
  ]);
  const refused = [
    "not.a.token",
    await signed("another key, long enough to be one", { userId, sessionId: "x", exp: soon }),
    await signed(secret, { userId, sessionId: "x", exp: soon - 120 }),
    await signed(secret, { sessionId: "x", exp: soon }),
    await signed(secret, { userId, sessionId: "x" }),
  ];
  for (const jwt of refused) deepStrictEqual(await account({ "X-Appwrite-JWT": jwt }), [401, "user_jwt_invalid"], jwt);
});

Deno.test("appwrite: a blocked user and an ended session are refused", async () => {
  const token = await signIn();
  strictEqual(await manage("PATCH", "status", { status: false }), 200);
  deepStrictEqual(await account({ "X-Appwrite-JWT": token }), [401, "user_blocked"]);
  strictEqual(await manage("PATCH", "status", { status: true }), 200);
  deepStrictEqual(await account({ "X-Appwrite-JWT": token }), [200, userId]);
  strictEqual(await manage("DELETE", "sessions"), 204);
  deepStrictEqual(await account({ "X-Appwrite-JWT": token }), [401, "general_unauthorized_scope"]);
});
