import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import postgres from "postgres";
import { apiClient, createPerson, stack, unique } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const root = await createPerson("root", { role: "superadmin" });
const agent = await createPerson("agent", { role: "client", permissions: ["super_id:generate"] });
const secret = new TextEncoder().encode(Deno.env.get("APPWRITE_JWT_SECRET") ?? "");

const claimsOf = (token: string) =>
  JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));

Deno.test("me: shows user, vendor and role", async () => {
  const { body } = await api.ask("GET", "/v1/me", { token: olga.token });
  strictEqual(body.user.appwrite_user_id, `olga-${unique}`);
  deepStrictEqual([body.role, body.vendor.id], ["vendor_operator", olga.vendorId]);
  deepStrictEqual(body.memberships.map((membership: { vendor_id: string }) => membership.vendor_id), [olga.vendorId]);
});

Deno.test("me: a superadmin has no vendor, a client no user; neither reaches a vendor's data", async () => {
  const admin = await api.ask("GET", "/v1/me", { token: root.token });
  deepStrictEqual([admin.body.role, admin.body.vendor], ["superadmin", null]);
  const client = await api.ask("GET", "/v1/me", { token: agent.token });
  deepStrictEqual([client.body.role, client.body.user], ["client", null]);
  for (const { token } of [root, agent]) {
    const refused = await api.ask("GET", "/v1/products", { token });
    deepStrictEqual([refused.status, refused.body.type], [403, "/problems/no-vendor"]);
  }
});

Deno.test("me: with several memberships the vendor must be named, and it must be one's own", async () => {
  await createPerson("mia", { role: "vendor_viewer", vendor: "acme" });
  const mia = await createPerson("mia", { role: "vendor_admin", vendor: "beta" });
  const unnamed = await api.ask("GET", "/v1/me", { token: mia.token });
  deepStrictEqual([unnamed.status, unnamed.body.type], [409, "/problems/vendor-ambiguous"]);
  const { body: own } = await api.ask("GET", "/v1/memberships", { token: mia.token });
  deepStrictEqual(own.data.map((row: { vendor_id: string }) => row.vendor_id), [olga.vendorId, mia.vendorId]);
  const at = (vendor: string) => api.ask("GET", "/v1/me", { token: mia.token, headers: { "X-Vendor-Id": vendor } });
  strictEqual((await at(olga.vendorId)).body.role, "vendor_viewer");
  strictEqual((await at(mia.vendorId)).body.role, "vendor_admin");
  strictEqual((await at(crypto.randomUUID())).body.type, "/problems/not-a-member");
  strictEqual((await at("acme")).status, 400);
});

Deno.test("tokens: what Appwrite did not sign, or no longer vouches for, is 401", async () => {
  const { userId, sessionId } = claimsOf(olga.token);
  const sign = (claims: Record<string, unknown>, key = secret, expires: string | number = "15m") =>
    new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "HS256" }).setExpirationTime(expires).sign(key);
  const [head, payload] = olga.token.split(".");
  const none = btoa('{"typ":"JWT","alg":"none"}').replaceAll("=", "");
  const tokens = [
    undefined,
    "",
    "nonsense",
    `${head}.${payload}.`,
    `${head}.${payload}.AAAA`,
    `${none}.${payload}.`,
    await sign({ userId, sessionId }, new TextEncoder().encode("another key, just as long as ours")),
    await sign({ userId, sessionId: "ended" }),
    await sign({ userId: "nobody", sessionId }),
    await sign({ userId, sessionId }, secret, Math.floor(Date.now() / 1000) - 1),
    await sign({ sessionId }),
    await sign({ userId, sessionId, role: "superadmin" }),
  ];
  for (const token of tokens) {
    const answer = await api.ask("GET", "/v1/me", token === undefined ? {} : { token });
    strictEqual(answer.status, 401, token ?? "no token");
    strictEqual(answer.headers.get("www-authenticate"), "Bearer");
  }
  strictEqual((await api.ask("GET", "/v1/me", { token: await sign({ userId, sessionId }) })).status, 200);
});

Deno.test("tokens: a user Appwrite knows but we do not is 403 no-membership", async () => {
  const stray = await createPerson("stray", { role: "client", permissions: [] });
  const sql = postgres(stack.databaseUrl, { max: 1 });
  await sql`delete from public.app_clients where appwrite_user_id = ${`stray-${unique}`}`;
  await sql.end();
  const { status, body } = await api.ask("GET", "/v1/me", { token: stray.token });
  deepStrictEqual([status, body.type], [403, "/problems/no-membership"]);
});

Deno.test("exchange: the token names user, vendor and role, lives 15 minutes and is signed by a published key", async () => {
  const { body } = await api.ask("POST", "/v1/token", { token: olga.token });
  const claims = claimsOf(body.access_token);
  deepStrictEqual([claims.role, claims.vendor_id, claims.app_role, claims.aud], [
    "authenticated",
    olga.vendorId,
    "vendor_operator",
    "authenticated",
  ]);
  ok(/^[0-9a-f-]{36}$/.test(claims.sub) && claims.exp - claims.iat <= 900);
  const discovery = await api.ask("GET", "/.well-known/openid-configuration");
  strictEqual(discovery.body.issuer, claims.iss);
  const jwks = await (await fetch(discovery.body.jwks_uri)).json();
  const { kid, alg } = JSON.parse(atob(body.access_token.split(".")[0]));
  strictEqual(alg, "ES256");
  const key = jwks.keys.find((candidate: { kid: string }) => candidate.kid === kid);
  ok(key && !("d" in key));
  await jwtVerify(body.access_token, createLocalJWKSet(jwks), { issuer: claims.iss, audience: "authenticated" });
});

Deno.test("exchange: the access token itself opens nothing here", async () => {
  const { body } = await api.ask("POST", "/v1/token", { token: olga.token });
  strictEqual((await api.ask("GET", "/v1/me", { token: body.access_token })).status, 401);
});
