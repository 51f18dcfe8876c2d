/** Limits of a vendor of its own, since those of the stack under test are raised. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { apiClient, createPerson, createStranger, stack, superIdsClient } from "./people.ts";

const api = await apiClient();
const root = await createPerson("rita", { role: "superadmin" });

/** A person in a new vendor with these limits. */
async function createLimited(name: string, limits: Record<string, number>) {
  const person = await createPerson(name, { role: "vendor_operator", vendor: `limited-${name}` });
  const body = { settings: { rate_limits: limits } };
  const { status } = await api.ask("PATCH", `/v1/vendors/${person.vendorId}`, { token: root.token, body });
  strictEqual(status, 200);
  return person;
}

Deno.test("limits: every answer tells them, and one too many is 429 with Retry-After", async () => {
  const { token } = await createLimited("lena", { user: 3, vendor: 100 });
  const ask = (path: string, query = {}) => api.ask("GET", path, { token, query });
  const answers = [await ask("/v1/me"), await ask("/v1/products", { limit: 0 }), await ask("/v1/members")];
  deepStrictEqual(answers.map(({ status }) => status), [200, 400, 403]);
  for (const [at, { headers }] of answers.entries()) {
    strictEqual(headers.get("ratelimit-policy"), '"user";q=3;w=60, "vendor";q=100;w=60');
    match(headers.get("ratelimit") ?? "", new RegExp(`^"user";r=${2 - at};t=\\d+, "vendor";r=${99 - at};t=\\d+$`));
  }
  const refused = await ask("/v1/me");
  deepStrictEqual([refused.status, refused.body.type], [429, "/problems/rate-limited"]);
  const wait = Number(refused.headers.get("retry-after"));
  ok(wait >= 1 && wait <= 60);
  match(refused.headers.get("ratelimit") ?? "", /^"user";r=0;t=\d+/);
});

Deno.test("limits: paths and methods that do not exist are counted as well", async () => {
  const { token } = await createLimited("nora", { user: 3, vendor: 100 });
  const send = async (method: string, path: string, authorization?: string) => {
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const response = await fetch(`${stack.url}/functions/v1/api${path}`, { method, headers });
    await response.body?.cancel();
    return response;
  };
  const answers = [
    await send("GET", "/v1/nothing", `Bearer ${token}`),
    await send("DELETE", "/v1/me", `Bearer ${token}`),
    await send("GET", "/v1/me", `Bearer ${token}`),
    await send("GET", "/v1/nothing", `Bearer ${token}`),
  ];
  deepStrictEqual(answers.map(({ status }) => status), [404, 405, 200, 429]);
  for (const [at, { headers }] of answers.entries()) {
    match(headers.get("ratelimit") ?? "", new RegExp(`^"user";r=${Math.max(2 - at, 0)};t=\\d+`));
  }
  const stranger = await createStranger("nils");
  const others = [`Bearer ${stranger.token}`, "Bearer a.b.c", undefined].map((value) => send("GET", "/v1/no", value));
  deepStrictEqual(
    (await Promise.all(others)).map(({ status, headers }) => [status, headers.has("ratelimit")]),
    [[404, true], [404, false], [404, false]],
  );
});

Deno.test("limits: new jobs have one of their own, which other calls do not use up", async () => {
  const { token } = await createLimited("ines", { user: 50, ingest: 2 });
  const start = () => api.ask("POST", "/v1/ingest/csv", { token, query: { mode: "products" } });
  const [first, second, third] = [await start(), await start(), await start()];
  deepStrictEqual([first.status, second.status, third.status], [201, 201, 429]);
  match(second.headers.get("ratelimit-policy") ?? "", /"ingest";q=2;w=60/);
  strictEqual((await api.ask("GET", "/v1/jobs", { token })).status, 200);
});

Deno.test("limits: 30 at once never pass more than there are", async () => {
  const { token } = await createLimited("lars", { user: 10 });
  const answers = await Promise.all(Array.from({ length: 30 }, () => api.ask("GET", "/v1/me", { token })));
  strictEqual(answers.filter(({ status }) => status === 200).length, 10);
  strictEqual(answers.filter(({ status }) => status === 429).length, 20);
});

Deno.test("limits: strangers, clients and bad headers are counted too", async () => {
  const { token } = await createStranger("sam");
  const stranger = await api.ask("GET", "/v1/me", { token });
  strictEqual(stranger.status, 403);
  match(stranger.headers.get("ratelimit") ?? "", /^"user";r=\d+;t=\d+$/);
  const bad = await api.ask("GET", "/v1/me", { token, headers: { "X-Vendor-Id": "acme" } });
  strictEqual(bad.status, 400);
  ok(bad.headers.get("ratelimit"));
  const agent = await createPerson("lima", { role: "client", permissions: ["super_id:generate"] });
  const minted = await (await superIdsClient()).ask("POST", "/super_ids", { token: agent.token });
  match(minted.headers.get("ratelimit-policy") ?? "", /^"user";q=\d+;w=60$/);
  strictEqual((await api.ask("GET", "/health")).headers.get("ratelimit"), null);
});
