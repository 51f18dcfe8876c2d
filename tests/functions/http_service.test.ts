import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert";
import { z } from "@hono/zod-openapi";
import { flag, wholeNumber, words } from "../../functions/_shared/http/fields.ts";
import { type HttpProblem, problem } from "../../functions/_shared/http/problems.ts";
import { json, noContent } from "../../functions/_shared/http/respond.ts";
import { createService } from "../../functions/_shared/http/service.ts";
import { validate } from "../../functions/_shared/http/validation.ts";
import { fakeDatabase, keepingLogger, setEnvironment, withDatabase } from "./testing.ts";

setEnvironment();

function createTestService() {
  const logger = keepingLogger();
  const service = createService({ name: "test", basePath: "/test", logger });
  const about = { summary: "x", tag: "Test", access: "public" } as const;
  const item = z.strictObject({
    name: z.string().max(5),
    count: z.int().optional(),
    tags: z.array(z.string()).optional(),
  });
  service.route(
    {
      ...about,
      method: "post",
      path: "/v1/items",
      operationId: "a",
      body: item,
      bodyLimit: 200,
      answers: { 201: { description: "x" } },
    },
    ({ body }) => json(body, 201),
  );
  const query = z.object({
    "tags.any": words(2).optional(),
    limit: wholeNumber(1, 200).optional(),
    on: flag.optional(),
  });
  service.route(
    {
      ...about,
      method: "get",
      path: "/v1/items/{id}",
      operationId: "b",
      params: z.object({ id: z.uuid() }),
      query,
      answers: { 200: { description: "x" } },
    },
    ({ params, query }) => json({ ...params, query }),
  );
  service.route(
    {
      ...about,
      method: "delete",
      path: "/v1/items/{id}",
      operationId: "c",
      params: z.object({ id: z.uuid() }),
      answers: { 204: { description: "x" } },
    },
    () => noContent(),
  );
  service.route(
    { ...about, method: "get", path: "/v1/fail", operationId: "d", answers: { 200: { description: "x" } } },
    () => {
      throw new Error("the password is hunter2");
    },
  );
  service.route({
    ...about,
    method: "get",
    path: "/v1/conflict",
    operationId: "e",
    answers: { 200: { description: "x" } },
  }, () => {
    throw problem("conflict", { detail: "Twice.", errors: [{ pointer: "/a", code: "taken", detail: "is taken" }] });
  });
  const send = (path: string, init: RequestInit = {}) =>
    Promise.resolve(service.fetch(new Request(`http://host/test${path}`, init)));
  const post = (body: BodyInit, headers: Record<string, string> = { "Content-Type": "application/json" }) =>
    send("/v1/items", { method: "POST", headers, body });
  return { send, post, logger };
}

async function problemOf(response: Response, status: number, slug: string) {
  strictEqual(response.status, status);
  strictEqual(response.headers.get("content-type"), "application/problem+json");
  const body = await response.json();
  strictEqual(body.type, `/problems/${slug}`);
  strictEqual(body.status, status);
  strictEqual(body.request_id, response.headers.get("x-request-id"));
  for (const name of ["title", "detail", "instance"]) ok(typeof body[name] === "string" && body[name] !== "", name);
  return body;
}

const id = "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11";

Deno.test("http: an unknown path is 404, whatever the method", async () => {
  const { send } = createTestService();
  for (const path of ["/v2", "/v1/items/", "//v1/items", `/v1/items/${id}/x`, "/v1/items/%2e%2e/x", ""]) {
    await problemOf(await send(path), 404, "not-found");
  }
  await problemOf(await send("/v2", { method: "DELETE" }), 404, "not-found");
});

Deno.test("http: another method of a known path is 405 and names those allowed", async () => {
  const { send } = createTestService();
  const response = await send(`/v1/items/${id}`, { method: "PUT" });
  strictEqual(response.headers.get("allow"), "DELETE, GET, HEAD, OPTIONS");
  await problemOf(response, 405, "method-not-allowed");
  const other = await send("/v1/items");
  strictEqual(other.headers.get("allow"), "OPTIONS, POST");
  await problemOf(other, 405, "method-not-allowed");
});

Deno.test("http: X-HTTP-Method-Override changes nothing", async () => {
  const { send } = createTestService();
  const headers = { "X-HTTP-Method-Override": "DELETE", "X-Method-Override": "DELETE" };
  strictEqual((await send(`/v1/items/${id}`, { headers })).status, 200);
});

Deno.test("http: OPTIONS lists the methods, HEAD is GET without a body", async () => {
  const { send } = createTestService();
  const options = await send(`/v1/items/${id}`, { method: "OPTIONS" });
  strictEqual(options.status, 204);
  strictEqual(options.headers.get("allow"), "DELETE, GET, HEAD, OPTIONS");
  const head = await send(`/v1/items/${id}`, { method: "HEAD" });
  strictEqual(head.status, 200);
  strictEqual(head.headers.get("content-type"), "application/json");
  strictEqual(await head.text(), "");
});

Deno.test("http: a request id is kept when plain and made otherwise", async () => {
  const { send } = createTestService();
  const kept = await send("/v2", { headers: { "X-Request-Id": "abc-1.2_3~4" } });
  strictEqual((await problemOf(kept, 404, "not-found")).request_id, "abc-1.2_3~4");
  for (const bad of ["a b", "x".repeat(129), 'a"b', "<script>", "ä"]) {
    const made = await send("/v2", { headers: { "X-Request-Id": bad } });
    match(made.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
  }
});

Deno.test("http: every answer carries the security headers and is not cached", async () => {
  const { send, post } = createTestService();
  for (
    const response of [
      await send("/v2"),
      await send(`/v1/items/${id}`),
      await post('{"name":"a"}'),
      await send("/v1/fail"),
    ]
  ) {
    strictEqual(response.headers.get("x-content-type-options"), "nosniff");
    strictEqual(response.headers.get("cache-control"), "no-store");
    ok(response.headers.get("content-security-policy")?.includes("default-src 'none'"));
  }
});

Deno.test("http: a preflight is answered, and answers to a foreign page may be read", async () => {
  const { send } = createTestService();
  const headers = { "Origin": "https://app.example", "Access-Control-Request-Method": "POST" };
  const preflight = await send("/v1/items", { method: "OPTIONS", headers });
  strictEqual(preflight.status, 204);
  strictEqual(preflight.headers.get("access-control-allow-origin"), "*");
  match(preflight.headers.get("access-control-allow-headers") ?? "", /Authorization.*Idempotency-Key/);
  const refused = await send("/v2", { headers });
  strictEqual(refused.headers.get("access-control-allow-origin"), "*");
  strictEqual(refused.headers.get("access-control-allow-credentials"), null);
  match(refused.headers.get("access-control-expose-headers") ?? "", /X-Request-Id/);
});

Deno.test("http: a good body is passed on; a charset is allowed", async () => {
  const { post } = createTestService();
  const response = await post('{"name":"a","count":1}', { "Content-Type": "Application/JSON; charset=UTF-8" });
  strictEqual(response.status, 201);
  deepStrictEqual(await response.json(), { name: "a", count: 1 });
});

Deno.test("http: what is not JSON is 400, and says where reading stopped", async () => {
  const { post } = createTestService();
  for (const body of ['{"name":', "{'name':1}", "nul", '{"name":"a"} x', '{"a":1,}']) {
    const found = await problemOf(await post(body), 400, "malformed-json");
    ok(!found.detail.includes("name"), "the body must not be repeated");
  }
});

Deno.test("http: bytes that are not UTF-8, an empty body and a deep one are 400", async () => {
  const { post } = createTestService();
  await problemOf(await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400, "malformed-json");
  await problemOf(await post(""), 400, "malformed-json");
  await problemOf(await post("[".repeat(60) + "]".repeat(60)), 400, "malformed-json");
});

Deno.test("http: another content type, none, or a compressed body is 415", async () => {
  const { post } = createTestService();
  for (
    const type of [
      "text/plain",
      "application/jsonp",
      "application/json; charset=latin1",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
    ]
  ) {
    await problemOf(await post('{"name":"a"}', { "Content-Type": type }), 415, "unsupported-media-type");
  }
  await problemOf(await post(new Uint8Array([0x7b, 0x7d]), {}), 415, "unsupported-media-type");
  const gzip = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
  await problemOf(await post('{"name":"a"}', gzip), 415, "unsupported-media-type");
});

Deno.test("http: a body that is too large is 413, even when its length is not told", async () => {
  const { post, send } = createTestService();
  await problemOf(await post(JSON.stringify({ name: "a".repeat(300) })), 413, "payload-too-large");
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new TextEncoder().encode(" ".repeat(150)));
    },
  });
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: endless, duplex: "half" };
  await problemOf(await send("/v1/items", init as RequestInit), 413, "payload-too-large");
  ok(pulled < 10, "reading must stop at the limit");
});

Deno.test("http: each wrong field is named by pointer, with the remedy", async () => {
  const { post } = createTestService();
  const body = await problemOf(
    await post('{"nam":"a","name":"abcdef","count":1.5,"tags":["a",2]}'),
    400,
    "invalid-input",
  );
  const found = Object.fromEntries(
    body.errors.map((error: { pointer: string; code: string }) => [error.pointer, error.code]),
  );
  deepStrictEqual(found, {
    "/name": "too_big",
    "/count": "invalid_type",
    "/tags/1": "invalid_type",
    "/nam": "unknown_field",
  });
  const missing = await problemOf(await post("{}"), 400, "invalid-input");
  deepStrictEqual(missing.errors, [{ pointer: "/name", code: "required", detail: "is required; send a string" }]);
  strictEqual(missing.detail, "The body: /name is required; send a string.");
});

Deno.test("http: a pointer escapes / and ~", async () => {
  const { post } = createTestService();
  const body = await problemOf(await post('{"name":"a","x/~y":1}'), 400, "invalid-input");
  strictEqual(body.errors[0].pointer, "/x~1~0y");
});

Deno.test("http: characters Postgres cannot store are 400 and named", async () => {
  const { post, send } = createTestService();
  for (const bad of ["\\u0000", "\\ud800", "\\uDC00x"]) {
    const body = await problemOf(await post(`{"tags":["ok","${bad}"],"name":"a"}`), 400, "invalid-input");
    strictEqual(body.errors[0].pointer, "/tags/1");
  }
  strictEqual((await post('{"name":"\\ud83d\\ude00"}')).status, 201);
  await problemOf(await send(`/v1/items/${id}?tags.any=a%00b`), 400, "invalid-input");
});

Deno.test("http: query parameters are typed; unknown, doubled and wrong ones are 400", async () => {
  const { send } = createTestService();
  const good = await send(`/v1/items/${id}?tags.any=a,%20b&limit=20&on=true`);
  deepStrictEqual((await good.json()).query, { "tags.any": ["a", "b"], "limit": 20, "on": true });
  const repeated = await send(`/v1/items/${id}?tags.any=a&tags.any=b`);
  deepStrictEqual((await repeated.json()).query, { "tags.any": ["a", "b"] });
  const cases = {
    "x=1": "/x",
    "limit=1&limit=2": "/limit",
    "limit=0": "/limit",
    "limit=1e2": "/limit",
    "tags.any=a,b,c": "/tags.any",
    "on=yes": "/on",
  };
  for (const [query, pointer] of Object.entries(cases)) {
    const body = await problemOf(await send(`/v1/items/${id}?${query}`), 400, "invalid-input");
    strictEqual(body.errors[0].pointer, pointer, query);
  }
  const { errors: [limit] } = await problemOf(await send(`/v1/items/${id}?limit=ten`), 400, "invalid-input");
  strictEqual(limit.detail, "must be a whole number from 1 to 200", "in the words of the parameter");
});

Deno.test("http: what takes several forms is said to be missing where it is, and a record is asked for as an object", () => {
  const schema = z.object({ words: words(), answers: z.record(z.string(), z.string()) });
  throws(() => validate(schema, { answers: [] }, "The body"), ({ errors }: HttpProblem) => {
    deepStrictEqual(errors, [
      { pointer: "/words", code: "required", detail: "is required" },
      { pointer: "/answers", code: "invalid_type", detail: "must be an object" },
    ]);
    return true;
  });
});

Deno.test("http: a route without a query refuses every parameter", async () => {
  const { send } = createTestService();
  await problemOf(await send(`/v1/items/${id}?a=1`, { method: "DELETE" }), 400, "invalid-input");
});

Deno.test("http: a bad path parameter is 400", async () => {
  const { send } = createTestService();
  const body = await problemOf(await send("/v1/items/nope"), 400, "invalid-input");
  strictEqual(body.errors[0].pointer, "/id");
});

Deno.test("http: an unexpected failure is 500 and tells nothing; the log has it", async () => {
  const { send, logger } = createTestService();
  const response = await send("/v1/fail");
  const body = await problemOf(response, 500, "internal-error");
  ok(!JSON.stringify(body).includes("hunter2"));
  strictEqual(logger.errors.length, 1);
});

Deno.test("http: a thrown problem is answered as it is", async () => {
  const { send, logger } = createTestService();
  const body = await problemOf(await send("/v1/conflict"), 409, "conflict");
  deepStrictEqual(body.errors, [{ pointer: "/a", code: "taken", detail: "is taken" }]);
  strictEqual(logger.errors.length, 0);
});

Deno.test("http: one log line a request, by the route's pattern and without the query", async () => {
  const { send, logger } = createTestService();
  await send(`/v1/items/${id}?tags.any=secret`, { headers: { "X-Request-Id": "r1" } });
  await send("/nowhere/secret");
  const [first, second] = logger.lines;
  strictEqual(first?.route, "/test/v1/items/{id}");
  strictEqual(second?.route, "unmatched");
  const { latency_ms, ...rest } = first ?? { latency_ms: -1 };
  ok(latency_ms >= 0);
  deepStrictEqual(rest, {
    req_id: "r1",
    user_id: null,
    vendor_id: null,
    role: null,
    method: "GET",
    route: "/test/v1/items/{id}",
    status: 200,
    rows_read: 0,
    rows_written: 0,
  });
  ok(!JSON.stringify(logger.lines).includes("secret"));
});

Deno.test("http: health is 200 while the database answers and 503 while it does not", async () => {
  const { send } = createTestService();
  await withDatabase(fakeDatabase(() => [{ one: 1 }]), async () => {
    const response = await send("/health");
    strictEqual(response.status, 200);
    const { version, ...rest } = await response.json();
    match(version, /^\d+\.\d+\.\d+/);
    deepStrictEqual(rest, { status: "healthy", service: "test", checks: { database: "ok" } });
  });
  const down = fakeDatabase(() => {
    throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  });
  await withDatabase(down, async () => {
    const response = await send("/health");
    strictEqual(response.status, 503);
    strictEqual((await response.json()).status, "unhealthy");
  });
});
