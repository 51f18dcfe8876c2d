import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { apiClient, connect, createPerson, superIdsClient, unique } from "./people.ts";

const service = await superIdsClient();
const both = ["super_id:generate", "super_id:read"];
const agent = await createPerson("agent", { role: "client", permissions: both });
const writer = await createPerson("writer", { role: "client", permissions: ["super_id:generate"] });
const reader = await createPerson("reader", { role: "client", permissions: ["super_id:read"] });
const olga = await createPerson("olga", { role: "vendor_admin", vendor: "acme" });

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const post = (body?: unknown, token = agent.token) =>
  service.ask("POST", "/super_ids", { token, ...(body === undefined ? {} : { body }) });

Deno.test("super ids: without a body, with an empty one, and with count 1 there is one id", async () => {
  for (const body of [undefined, {}, { count: 1 }]) {
    const { status, body: answer, headers } = await post(body);
    strictEqual(status, 201);
    match(answer.super_id, v4);
    strictEqual(headers.get("x-super-id"), answer.super_id);
  }
});

Deno.test("super ids: a batch holds as many different ids as asked for, each recorded", async () => {
  const { body } = await post({ count: 1000, metadata: { workflow: "property_analysis" } });
  strictEqual(new Set(body.super_ids).size, 1000);
  ok(body.super_ids.every((id: string) => v4.test(id)));
  const record = await service.ask("GET", `/super_ids/${body.super_ids[999]}`, { token: reader.token });
  deepStrictEqual([record.body.requested_by_client_id, record.body.metadata], [`agent-${unique}`, {
    workflow: "property_analysis",
  }]);
  strictEqual(record.headers.get("x-super-id"), body.super_ids[999]);
});

Deno.test("super ids: a wrong count or metadata is 400 and named", async () => {
  const cases: [unknown, string][] = [
    [{ count: 0 }, "/count"],
    [{ count: 1001 }, "/count"],
    [{ count: 1.5 }, "/count"],
    [{ count: "2" }, "/count"],
    [{ count: null }, "/count"],
    [{ metadata: "x" }, "/metadata"],
    [{ metadata: [] }, "/metadata"],
    [{ metadata: { a: "x".repeat(4096) } }, "/metadata"],
    [{ cuont: 2 }, "/cuont"],
  ];
  for (const [body, pointer] of cases) {
    const refused = await post(body);
    strictEqual(refused.status, 400);
    strictEqual(refused.body.errors[0].pointer, pointer);
  }
  strictEqual((await post("[")).status, 400);
});

Deno.test("super ids: only clients with the permission generate or read", async () => {
  strictEqual((await service.ask("POST", "/super_ids")).status, 401);
  for (const { token } of [reader, olga]) {
    const refused = await post({}, token);
    deepStrictEqual([refused.status, refused.body.type], [403, "/problems/missing-permission"]);
  }
  const { body } = await post({}, writer.token);
  for (const { token } of [writer, olga]) {
    strictEqual((await service.ask("GET", `/super_ids/${body.super_id}`, { token })).status, 403);
  }
  strictEqual((await service.ask("GET", `/super_ids/${body.super_id}`, { token: reader.token })).status, 200);
});

Deno.test("super ids: an id that was never handed out is 404, one that is none 400", async () => {
  strictEqual((await service.ask("GET", `/super_ids/${crypto.randomUUID()}`, { token: reader.token })).status, 404);
  strictEqual((await service.ask("GET", "/super_ids/nope", { token: reader.token })).status, 400);
});

Deno.test("super ids: requests at the same time never share an id", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post({ count: 50 })));
  const ids = answers.flatMap(({ body }) => body.super_ids);
  strictEqual(new Set(ids).size, 1000);
});

Deno.test("super ids: 100 batches of 1,000 at once are 100,000 different recorded v4 ids", async () => {
  const sql = connect();
  try {
    const [before] = await sql`select coalesce(max(id), 0)::text as id from public.generated_super_ids`;
    const answers = await Promise.all(Array.from({ length: 100 }, () => post({ count: 1000 })));
    const ids: string[] = answers.flatMap(({ body }) => body.super_ids);
    strictEqual(new Set(ids).size, 100_000);
    ok(ids.every((id) => v4.test(id)));
    const [recorded] = await sql`
      select count(*)::int as n from public.generated_super_ids as g
      where g.id > ${before!.id} and g.super_id in (select unnest(${ids}::uuid[]))`;
    strictEqual(recorded!.n, 100_000);
  } finally {
    await sql.end();
  }
});

Deno.test("super ids: a repeated request gets the same ids, another request under its key 422", async () => {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const ask = (count: number) => service.ask("POST", "/super_ids", { token: agent.token, headers, body: { count } });
  const first = await ask(3);
  const again = await ask(3);
  deepStrictEqual([again.status, again.body, again.headers.get("idempotent-replayed")], [201, first.body, "true"]);
  strictEqual((await ask(4)).status, 422);
});

Deno.test("workflows: a client finds its own story by its super id, nobody else's", async () => {
  const api = await apiClient();
  const { body } = await post({ metadata: { n: 1 } });
  const path = `/v1/workflows/${body.super_id}`;
  const story = await api.ask("GET", path, { token: agent.token });
  deepStrictEqual([story.status, story.headers.get("x-super-id")], [200, body.super_id]);
  deepStrictEqual(story.body.timeline.map(({ event }: { event: string }) => event), ["super_id.minted"]);
  for (const { token } of [reader, writer, olga]) strictEqual((await api.ask("GET", path, { token })).status, 404);
  strictEqual((await api.ask("GET", "/v1/workflows/nope", { token: agent.token })).status, 400);
});

Deno.test("app clients: a superadmin registers one, which may do what it says, until it may not", async () => {
  const api = await apiClient();
  const root = await createPerson("root", { role: "superadmin" });
  const as = (method: string, path: string, body?: unknown, token = root.token) =>
    api.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
  // Known to Appwrite, and as a client not any more.
  const robot = await createPerson("robot", { role: "client", permissions: [] });
  const one = `/v1/app-clients/robot-${unique}`;
  strictEqual((await as("DELETE", one)).status, 204);
  strictEqual((await post({}, robot.token)).status, 403);

  const given = { appwrite_user_id: `robot-${unique}`, name: "Robot", permissions: ["super_id:generate"] };
  const made = await as("POST", "/v1/app-clients", given);
  deepStrictEqual([made.status, made.body.active], [201, true]);
  ok(made.headers.get("location")?.endsWith(one));
  strictEqual((await as("POST", "/v1/app-clients", given)).status, 409);
  strictEqual((await post({}, robot.token)).status, 201);

  const shutOut = await as("PATCH", one, { active: false });
  deepStrictEqual([shutOut.status, shutOut.body.active], [200, false]);
  strictEqual((await post({}, robot.token)).status, 403);
  strictEqual((await as("PATCH", one, { permissions: ["super_id:own"] })).status, 400);
  strictEqual((await as("PATCH", one, {})).status, 400);
  const listed = await as("GET", "/v1/app-clients?active=false");
  ok(listed.body.data.some((client: { name: string }) => client.name === "Robot"));
  strictEqual((await as("GET", one, undefined, olga.token)).status, 403);
  strictEqual((await as("DELETE", one)).status, 204);
  strictEqual((await as("GET", one)).status, 404);
});

Deno.test("super ids: health and the document are served", async () => {
  strictEqual((await service.ask("GET", "/super_ids/health")).body.service, "super_ids");
  strictEqual((await service.ask("GET", "/super_ids/openapi.json")).status, 200);
});
