import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert";
import { createLocalJWKSet, jwtVerify } from "jose";
import { currentSigningKey } from "../../functions/_shared/auth/signing_keys.ts";
import { closeDatabase, openDatabase, useDatabase } from "../../functions/_shared/database.ts";
import { settingsFrom } from "../../functions/_shared/settings.ts";
import { apiClient, connect, createPerson, stack } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });

const kidOf = (token: string) => JSON.parse(atob(token.split(".")[0] ?? "")).kid as string;

/** A database pool of this process, as another instance of the function would have. */
function useStackDatabase(): void {
  useDatabase(openDatabase(settingsFrom({
    SUPABASE_URL: stack.url,
    SUPABASE_DB_URL: stack.databaseUrl,
    APPWRITE_ENDPOINT: `${stack.url}/v1`,
    APPWRITE_PROJECT_ID: "odyssey",
  })));
}

Deno.test("signing keys: a retired key stays published beside the one that takes over", async () => {
  const exchanged = async () => (await api.ask("POST", "/v1/token", { token: olga.token })).body.access_token as string;
  const before = await exchanged();
  const sql = connect();
  useStackDatabase();
  try {
    const [old] = await sql<{ kid: string }[]>`
      update app.signing_keys set retired_at = now() where retired_at is null returning kid`;
    strictEqual(old?.kid, kidOf(before));
    // Another instance comes up and needs a key: it makes the next one.
    const { kid } = await currentSigningKey(Date.now() + 10 * 60_000);
    notStrictEqual(kid, old?.kid);
    const jwks = await (await fetch(`${stack.functionsUrl}/api/.well-known/jwks.json`)).json();
    const kids = jwks.keys.map((key: { kid: string }) => key.kid);
    deepStrictEqual([kids.includes(old?.kid), kids.includes(kid), kids.length >= 2], [true, true, true]);
    for (const key of jwks.keys) ok(key.kty === "EC" && key.crv === "P-256" && !("d" in key), "public parts alone");
    // What was signed before, and what an instance that has not noticed yet signs now, is still accepted.
    for (const token of [before, await exchanged()]) {
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { audience: "authenticated" });
      strictEqual(payload.vendor_id, olga.vendorId);
      const headers = { apikey: stack.publishableKey, Authorization: `Bearer ${token}` };
      const rows = await fetch(`${stack.url}/rest/v1/vendors?select=id`, { headers });
      deepStrictEqual(await rows.json(), [{ id: olga.vendorId }]);
    }
    // Past its hour it is gone.
    await sql`update app.signing_keys
      set created_at = least(created_at, now() - interval '3 hours'), retired_at = now() - interval '2 hours'
      where kid = ${old!.kid}`;
    const later = await api.ask("GET", "/.well-known/jwks.json");
    const published = later.body.keys.map((key: { kid: string }) => key.kid);
    deepStrictEqual([published.includes(old?.kid), published.includes(kid)], [false, true]);
  } finally {
    // Other files go on with the key their instances hold.
    await sql`update app.signing_keys set retired_at = null where kid = ${kidOf(before)}`;
    await sql.end();
    await closeDatabase();
  }
});
