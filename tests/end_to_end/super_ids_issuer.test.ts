/** Service clients of another issuer: the functions in this process, on the stack's database. */
import { deepStrictEqual, strictEqual } from "node:assert";
import { useVerifier } from "../../functions/_shared/auth/authenticate.ts";
import { closeDatabase, openDatabase, useDatabase } from "../../functions/_shared/database.ts";
import { settingsFrom } from "../../functions/_shared/settings.ts";
import { createApi } from "../../functions/api/app.ts";
import { createSuperIds } from "../../functions/super_ids/app.ts";
import { writeToken } from "../functions/testing.ts";
import { stack } from "./people.ts";

const superIds = createSuperIds();
const api = createApi();

/** Asks as the client of the issuer that `subject` names. */
async function ask(service: typeof api, method: string, path: string, subject: string, permissions: string[]) {
  useVerifier(() => Promise.resolve({ subject, source: "issuer", expiresAt: Infinity, permissions }));
  const token = writeToken({ typ: "JWT", alg: "HS256" }, { jti: crypto.randomUUID() });
  const response = await service.fetch(
    new Request(`http://host${path}`, { method, headers: { authorization: `Bearer ${token}` } }),
  );
  return { status: response.status, body: await response.json() };
}

Deno.test("issuer: a client reads the workflows it asked ids for; its token is not exchanged", async () => {
  useDatabase(openDatabase(settingsFrom({
    SUPABASE_URL: stack.url,
    SUPABASE_DB_URL: stack.databaseUrl,
    APPWRITE_ENDPOINT: `${stack.url}/v1`,
    APPWRITE_PROJECT_ID: "odyssey",
  })));
  try {
    const agent = `issuer-agent-${crypto.randomUUID()}`;
    const both = ["super_id:generate", "super_id:read"];
    const minted = await ask(superIds, "POST", "/super_ids", agent, both);
    strictEqual(minted.status, 201);
    const path = `/api/v1/workflows/${minted.body.super_id}`;
    const story = await ask(api, "GET", path, agent, both);
    deepStrictEqual([story.status, story.body.requested_by_client_id], [200, agent]);
    strictEqual((await ask(api, "GET", path, agent, ["super_id:generate"])).status, 404);
    strictEqual((await ask(api, "GET", path, "another", both)).status, 404);

    const me = await ask(api, "GET", "/api/v1/me", agent, both);
    deepStrictEqual([me.status, me.body.role, me.body.user], [200, "client", null]);
    const refused = await ask(api, "POST", "/api/v1/token", agent, both);
    deepStrictEqual([refused.status, refused.body.type], [403, "/problems/no-membership"]);
    strictEqual((await ask(api, "GET", "/api/v1/products", agent, both)).status, 403);
  } finally {
    useVerifier(undefined);
    await closeDatabase();
  }
});
