import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { createPerson, superIdsClient, unique } from "./people.ts";

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

Deno.test("super ids: health and the document are served", async () => {
  strictEqual((await service.ask("GET", "/super_ids/health")).body.service, "super_ids");
  strictEqual((await service.ask("GET", "/super_ids/openapi.json")).status, 200);
});
