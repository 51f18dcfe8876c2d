/** What somebody with a socket and bad intentions sends. Nothing may be a 5xx, and nothing may get through. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson, unique } from "./people.ts";
import { sendRaw } from "./raw_http.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const bearer = `Authorization: Bearer ${olga.token}`;
const base = "/functions/v1/api";

const noServerError = (status: number, what: string) => ok(status < 500, `${what}: ${status}`);

Deno.test("hardening: headers that came in do not write headers that go out", async () => {
  const ids = [
    "a\rSet-Cookie: x=1",
    "a\nSet-Cookie: x=1",
    "a%0d%0aSet-Cookie: x=1",
    "a\u0000b",
    "\u00e4\u00c3\u00a4",
    "a\tb",
    "x".repeat(5000),
  ];
  for (const id of ids) {
    const { status, head } = await sendRaw([`GET ${base}/v1/me HTTP/1.1`, bearer, `X-Request-Id: ${id}`]);
    noServerError(status, JSON.stringify(id));
    ok(!/^set-cookie:/m.test(head) && !head.includes("%0d%0a"), JSON.stringify(id));
  }
  const origin = await sendRaw([`GET ${base}/health HTTP/1.1`, "Origin: https://evil.example\tX: 1"]);
  ok(!origin.head.includes("evil"));
});

Deno.test("hardening: a path names one route or none", async () => {
  const paths = [
    "/v1/../v1/me",
    "/v1/%2e%2e/v1/members",
    "/v1//me",
    "//v1/me",
    "/v1/me/",
    "/v1/me;a=b",
    "/v1/me%00",
    "/v1/me%2f",
    "/v1%2fme",
    "/V1/me",
    "/v1/m%65mbers/..%5c..%5c",
    "/v1/products/%ff",
    "/v1/products/..%2f..%2fopenapi.json",
    "/v1/me?%ff=%fe",
    "/v1/me#fragment",
    "/problems/..%2f..%2f..%2fetc%2fpasswd",
    `/v1/products/${"a".repeat(8000)}`,
  ];
  for (const path of paths) {
    const { status, body } = await sendRaw([`GET ${base}${path} HTTP/1.1`, bearer]);
    noServerError(status, path);
    // Dots are resolved before anything is looked up, so the role of the route they lead to holds.
    ok([400, 403, 404].includes(status) || body.includes(`olga-${unique}`), `${path}: ${status} ${body.slice(0, 200)}`);
    ok(!body.includes("root:"), path);
  }
  const absolute = await sendRaw([`GET http://evil.example${base}/v1/me HTTP/1.1`, bearer]);
  noServerError(absolute.status, "absolute form");
  ok(!absolute.head.includes("evil.example") && !absolute.body.includes("evil.example"));
});

Deno.test("hardening: the method is the one of the request line", async () => {
  for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"]) {
    const answer = await api.ask("GET", "/v1/products", { token: olga.token, headers: { [name]: "DELETE" } });
    strictEqual(answer.status, 200);
  }
  const query = await sendRaw([`GET ${base}/v1/products?_method=DELETE HTTP/1.1`, bearer]);
  strictEqual(query.status, 400);
  for (const method of ["PROPFIND", "BREW", "G E T"]) {
    const { status } = await sendRaw([`${method} ${base}/v1/products HTTP/1.1`, bearer]);
    noServerError(status, method);
    ok(status >= 400, `${method}: ${status}`);
  }
});

Deno.test("hardening: a request has one length, one token and one body", async () => {
  const post = `POST ${base}/v1/taxonomy/tags HTTP/1.1`;
  const json = "Content-Type: application/json";
  const body = `{"label":"smuggled ${unique}"}`;
  const both = await sendRaw(
    [post, bearer, json, `Content-Length: ${body.length}`, "Transfer-Encoding: chunked"],
    body,
  );
  const twice = await sendRaw([post, bearer, json, "Content-Length: 2", `Content-Length: ${body.length}`], body);
  const negative = await sendRaw([post, bearer, json, "Content-Length: -1"], body);
  for (const { status } of [both, twice, negative]) ok(status === 0 || status >= 400 && status < 500, `${status}`);
  const list = await api.ask("GET", "/v1/taxonomy/tags", { token: olga.token, query: { q: `smuggled ${unique}` } });
  deepStrictEqual(list.body.data, []);
  const stranger = await createPerson("thea", { role: "vendor_viewer", vendor: "beta" });
  const tokens = await sendRaw([`GET ${base}/v1/me HTTP/1.1`, bearer, `Authorization: Bearer ${stranger.token}`]);
  strictEqual(tokens.status, 401);
  for (const value of [`bearer  ${olga.token} x`, `Basic ${btoa("a:b")}`, `Bearer ${olga.token},`, "Bearer"]) {
    strictEqual((await sendRaw([`GET ${base}/v1/me HTTP/1.1`, `Authorization: ${value}`])).status, 401, value);
  }
  const inQuery = await sendRaw([`GET ${base}/v1/me?access_token=${olga.token} HTTP/1.1`]);
  strictEqual(inQuery.status, 401);
  strictEqual((await sendRaw([`GET ${base}/v1/me HTTP/1.1`, `Cookie: token=${olga.token}`])).status, 401);
});

const ask = (path: string, body: unknown, method = "POST") => api.ask(method, path, { token: olga.token, body });

Deno.test("hardening: huge, deep, doubled and odd JSON is 400 or 413, quickly", async () => {
  const cases: [string, string | Uint8Array, number][] = [
    ["deep lists", `{"label":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
    ["deep objects", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, 400],
    ["unclosed", "[".repeat(900_000), 400],
    ["too large", `{"label":"${"a".repeat(1_100_000)}"}`, 413],
    ["many fields", `{${Array.from({ length: 50_000 }, (_, n) => `"f${n}":1`).join()}}`, 400],
    ["a huge number", '{"label":1e999999}', 400],
    ["a long number", `{"label":${"9".repeat(100_000)}}`, 400],
    ["quotes and slashes", `{"label":"${"\\\\".repeat(200_000)}"}`, 400],
    ["no object", "null", 400],
    ["a list", "[]", 400],
    [
      "bytes that are no UTF-8",
      Uint8Array.from([...'{"label":"'].map((c) => c.charCodeAt(0)).concat(0xc3, 0x28, 0x22, 0x7d)),
      400,
    ],
    [
      "an overlong slash",
      Uint8Array.from([...'{"label":"'].map((c) => c.charCodeAt(0)).concat(0xc0, 0xaf, 0x22, 0x7d)),
      400,
    ],
    ["UTF-16", new Uint8Array(Uint16Array.from([...'{"label":"a"}'].map((c) => c.charCodeAt(0))).buffer), 400],
    ["__proto__", '{"label":"a","__proto__":{"admin":true}}', 400],
    ["constructor", '{"label":"a","constructor":{"prototype":{}}}', 400],
    ["a fullwidth name of a field", '{"ｌabel":"a"}', 400],
    ["a field name with a joiner", '{"label\u200d":"a"}', 400],
  ];
  for (const [what, body, status] of cases) {
    const started = performance.now();
    strictEqual((await ask("/v1/taxonomy/tags", body)).status, status, what);
    ok(performance.now() - started < 2000, `${what} took ${performance.now() - started} ms`);
  }
  // Of two equal names the last counts, in the check and in the database alike.
  const doubled = `{"items":[],"items":[{"external_id":"d-${unique}","name":"no","name":"yes"}]}`;
  strictEqual((await ask("/v1/products", doubled)).body.inserted, 1);
  const found = await api.ask("GET", "/v1/products", { token: olga.token, query: { q: "yes" } });
  ok(found.body.data.some((row: { external_id: string }) => row.external_id === `d-${unique}`));
});

Deno.test("hardening: answers say nothing of the machine, and cannot be framed, sniffed or kept", async () => {
  for (const path of ["/health", "/v1/me", "/nothing", "/docs", "/v1/products/x"]) {
    const { head } = await sendRaw([`GET ${base}${path} HTTP/1.1`]);
    for (const name of ["x-content-type-options: nosniff", "x-frame-options: deny", "referrer-policy: no-referrer"]) {
      ok(head.includes(name), `${path}: ${name}`);
    }
    ok(!/^(server|x-powered-by):/m.test(head), path);
    ok(!/^access-control-allow-credentials:/m.test(head), path);
  }
});
