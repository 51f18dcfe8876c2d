import { deepStrictEqual, strictEqual } from "node:assert";
import { z } from "@hono/zod-openapi";
import { useVerifier } from "../../functions/_shared/auth/authenticate.ts";
import { json } from "../../functions/_shared/http/respond.ts";
import { createService } from "../../functions/_shared/http/service.ts";
import { rpc } from "../../functions/_shared/rpc.ts";
import { fakeDatabase, keepingLogger, setEnvironment, withDatabase, writeToken } from "./testing.ts";

setEnvironment();
const token = writeToken({ typ: "JWT", alg: "HS256" }, {});
const limits = [{ name: "user", quota: 60, window: 60, remaining: 59, reset: 60 }];
const operator = { role: "authenticated", sub: "u", vendor_id: "v", app_role: "vendor_operator" };

/** Sends one request to a service with one route, on a database that answers so; tells what it was asked. */
async function send(
  answer: (text: string, values: unknown[]) => unknown[],
  role: "vendor_viewer" | "vendor_admin" = "vendor_viewer",
  headers: Record<string, string> = {},
) {
  const logger = keepingLogger();
  const service = createService({ name: "test", basePath: "/test", logger });
  service.route({
    method: "post",
    path: "/v1/work",
    operationId: "work",
    summary: "x",
    tag: "Test",
    access: { role },
    body: z.strictObject({ a: z.int() }),
    answers: { 200: { description: "x" } },
  }, async ({ claims }) => json(JSON.parse((await rpc(claims, "work()")).body)));
  const asked: string[] = [];
  let response = new Response();
  useVerifier(() => Promise.resolve({ subject: "olga", source: "appwrite", expiresAt: Infinity, permissions: [] }));
  const database = fakeDatabase((text, values) => {
    asked.push(/app\.(\w+)/.exec(text)?.[1] ?? text);
    return answer(text, values);
  });
  try {
    await withDatabase(database, async () => {
      response = await service.fetch(
        new Request("http://host/test/v1/work", {
          method: "POST",
          headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
          body: '{"a":1}',
        }),
      );
    });
  } finally {
    useVerifier(undefined);
  }
  return { response, body: await response.json(), asked, logger };
}

const admitted = (text: string) =>
  text.includes("open_request")
    ? [{ opened: { claims: { ...operator }, problem: null, limits } }]
    : [{ body: '{"done":true}', row_count: 1, replayed: false }];

Deno.test("admission: a guarded request is two round trips, with and without a key", async () => {
  const plain = await send(admitted);
  deepStrictEqual([plain.response.status, plain.asked], [200, ["open_request", "call_as"]]);
  const keyed = await send(admitted, "vendor_viewer", { "Idempotency-Key": "k" });
  deepStrictEqual([keyed.response.status, keyed.asked], [200, ["open_request", "call_once"]]);
});

Deno.test("admission: what the database says stops the request as it says; nothing else is asked", async () => {
  const problem = { status: 429, type: "rate-limited", detail: "Used up.", hint: "Wait.", retry_after: 7 };
  const { response, body, asked } = await send(() => [{ opened: { claims: null, problem, limits } }]);
  deepStrictEqual([response.status, body.detail, asked], [429, "Used up. Wait.", ["open_request"]]);
  strictEqual(response.headers.get("retry-after"), "7");
  strictEqual(response.headers.get("ratelimit"), '"user";r=59;t=60');
});

Deno.test("admission: a role too low is written down before it is answered; a failure to do so changes nothing", async () => {
  const noted = await send(admitted, "vendor_admin");
  deepStrictEqual([noted.response.status, noted.asked], [403, ["open_request", "audit_refusal"]]);
  const failing = await send((text) => {
    if (text.includes("audit_refusal")) throw new Error("full");
    return admitted(text);
  }, "vendor_admin");
  deepStrictEqual([failing.response.status, failing.logger.errors.length], [403, 1]);
});

Deno.test("admission: while the database is away nobody is let in, and everybody told when to come back", async () => {
  const { response, body } = await send(() => {
    throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  });
  deepStrictEqual([response.status, body.type], [503, "/problems/database-unavailable"]);
  strictEqual(response.headers.get("retry-after"), "2");
});
