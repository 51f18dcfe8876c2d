import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { createApi } from "../../functions/api/app.ts";
import { createSuperIds } from "../../functions/super_ids/app.ts";
import { setCallContext } from "../../functions/_shared/call_context.ts";
import type { Claims } from "../../functions/_shared/database.ts";
import { parseKey } from "../../functions/_shared/http/idempotency.ts";
import { rateLimitHeaders } from "../../functions/_shared/http/rate_limits.ts";
import { remember, rpc } from "../../functions/_shared/rpc.ts";
import { fakeDatabase, setEnvironment } from "./testing.ts";

setEnvironment();

Deno.test("parseKey() takes the draft's quoted string and the bare value, and nothing else", () => {
  const good: [string, string][] = [
    ["abc", "abc"],
    ['"abc"', "abc"],
    ['"a \\"b\\" \\\\"', 'a "b" \\'],
    ['"a, b"', "a, b"],
    ["a,b;c=d", "a,b;c=d"],
    ["x".repeat(255), "x".repeat(255)],
    [`"${"x".repeat(255)}"`, "x".repeat(255)],
  ];
  for (const [given, key] of good) strictEqual(parseKey(given), key);
  for (const bad of ["", '""', " a", "a, b", '"a', '"a" b', '"a";b=1', "ä", "a\tb", "x".repeat(256)]) {
    throws(() => parseKey(bad), { slug: "invalid-input" }, JSON.stringify(bad));
  }
});

Deno.test("rateLimitHeaders() writes the draft's two fields", () => {
  deepStrictEqual(rateLimitHeaders([]), {});
  const limits = [
    { name: "user", quota: 60, window: 60, remaining: 59, reset: 30 },
    { name: "vendor", quota: 600, window: 60, remaining: 598, reset: 12 },
  ];
  deepStrictEqual(rateLimitHeaders(limits), {
    "RateLimit-Policy": '"user";q=60;w=60, "vendor";q=600;w=60',
    "RateLimit": '"user";r=59;t=30, "vendor";r=598;t=12',
  });
});

const claimsUnderKey = (): Claims => {
  const claims = { role: "authenticated" };
  const once = { key: "k", method: "POST", path: "/p", requestHash: "h", status: 201, passed: 0, replayed: 0 };
  setCallContext(claims, { once });
  return claims;
};

Deno.test("rpc(): each call under a key has a place of its own, and a failed one keeps it", async () => {
  const places: string[] = [];
  let failures = 1;
  const sql = fakeDatabase((text, values) => {
    ok(text.includes("app.call_once"));
    places.push(JSON.parse(String(values[4])).path);
    if (places.length === 2 && failures-- > 0) throw Object.assign(new Error("gone"), { code: "57P01" });
    return [{ body: "1", row_count: 1, replayed: false }];
  });
  const claims = claimsUnderKey();
  await rpc(claims, "get_me()", {}, sql);
  await rpc(claims, "get_me()", {}, sql).catch(() => {});
  await rpc(claims, "get_me()", {}, sql);
  deepStrictEqual(places, ["/p", "/p#2", "/p#2"]);
});

Deno.test("remember(): gives back what was told first; without a key it asks nobody", async () => {
  const sql = fakeDatabase(() => [{ body: '{"told":"first"}', row_count: 0, replayed: true }]);
  deepStrictEqual(await remember(claimsUnderKey(), { told: "now" }, sql), { told: "first" });
  const nobody = fakeDatabase(() => {
    throw new Error("asked");
  });
  deepStrictEqual(await remember({ role: "authenticated" }, { told: "now" }, nobody), { told: "now" });
});

/** They change nothing, so there is no answer to keep. */
const ignoresKey = ["post /v1/token", "post /v1/connectors/{source}/test"];

Deno.test("every route that is not public tells its limits and 429, and takes a key where it changes something", () => {
  for (const service of [createApi(), createSuperIds()]) {
    const { paths } = service.hono.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "x", version: "1" } });
    for (const [path, item] of Object.entries(paths ?? {})) {
      // deno-lint-ignore no-explicit-any
      for (const [method, operation] of Object.entries<any>(item as object)) {
        if (operation.security.length === 0 || operation["x-access"] === "monitoring") continue;
        const name = `${method} ${path}`;
        const headers = (operation.parameters ?? []).map((parameter: { name: string }) => parameter.name);
        const changes = ["post", "put", "patch"].includes(method);
        strictEqual(headers.includes("Idempotency-Key"), changes, name);
        const keepsAnswers = changes && !ignoresKey.includes(name);
        strictEqual(operation.responses["422"] !== undefined, keepsAnswers, name);
        if (operation.responses["200"]) {
          strictEqual("Idempotent-Replayed" in operation.responses["200"].headers, keepsAnswers, name);
        }
        ok(operation.responses["429"].headers["Retry-After"], name);
        for (const status of ["400", "429"]) ok(operation.responses[status].headers["RateLimit"], `${name} ${status}`);
      }
    }
  }
});
