import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { SignJWT } from "jose";
import { localVerifier } from "../../functions/_shared/auth/appwrite_local.ts";
import { remoteVerifier } from "../../functions/_shared/auth/appwrite_remote.ts";
import { bearerToken } from "../../functions/_shared/auth/token.ts";
import type { HttpProblem } from "../../functions/_shared/http/problems.ts";
import { writeToken } from "./testing.ts";

const secret = "0123456789abcdef0123456789abcdef";
const now = Math.floor(Date.now() / 1000);
const header = { typ: "JWT", alg: "HS256" };
const claims = { userId: "kim", sessionId: "s1", exp: now + 900 };

async function sign(header: unknown, payload: unknown, key = secret): Promise<string> {
  const unsigned = writeToken(header, payload, "").slice(0, -1);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", new TextEncoder().encode(key), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(unsigned));
  const text = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return `${unsigned}.${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

const local = localVerifier({ APPWRITE_JWT_SECRET: secret });

const refused = (error: HttpProblem) => {
  strictEqual(error.status, 401);
  strictEqual(error.headers["WWW-Authenticate"], "Bearer");
  return true;
};

const attacks: [string, unknown, unknown][] = [
  ["alg none", { typ: "JWT", alg: "none" }, claims],
  ["alg None", { typ: "JWT", alg: "None" }, claims],
  ["another HMAC", { typ: "JWT", alg: "HS512" }, claims],
  ["an asymmetric algorithm", { typ: "JWT", alg: "RS256" }, claims],
  ["no typ", { alg: "HS256" }, claims],
  ["a kid", { ...header, kid: "../../dev/null" }, claims],
  ["an embedded key", { ...header, jwk: { kty: "oct", k: "AA" } }, claims],
  ["a crit header", { ...header, crit: ["exp"] }, claims],
  ["alg given twice", '{"typ":"JWT","alg":"none","alg":"HS256"}', claims],
  ["no userId", header, { sessionId: "s1", exp: now + 900 }],
  ["an empty userId", header, { ...claims, userId: "" }],
  ["a userId that is a list", header, { ...claims, userId: ["kim"] }],
  ["a userId with a quote", header, { ...claims, userId: "kim'--" }],
  ["no sessionId", header, { userId: "kim", exp: now + 900 }],
  ["no exp", header, { userId: "kim", sessionId: "s1" }],
  ["an extra claim", header, { ...claims, role: "superadmin" }],
  ["userId given twice", header, `{"userId":"eve","sessionId":"s1","exp":${now + 900},"userId":"kim"}`],
  [
    "userId given twice, once escaped",
    header,
    `{"userId":"eve","\\u0075serId":"kim","sessionId":"s1","exp":${now + 900}}`,
  ],
  ["expired", header, { ...claims, exp: now - 1 }],
  ["expiring this second", header, { ...claims, exp: now }],
  ["an exp in text", header, { ...claims, exp: String(now + 900) }],
  ["an exp with a fraction", header, { ...claims, exp: now + 0.5 + 900 }],
  ["an exp beyond all bounds", header, `{"userId":"kim","sessionId":"s1","exp":1e400}`],
  ["a life longer than Appwrite gives", header, { ...claims, exp: now + 86400 }],
  ["a payload that is a list", header, [claims]],
  ["a payload that is null", header, "null"],
  ["a payload that is not JSON", header, "{userId:1}"],
];

for (const [what, head, payload] of attacks) {
  Deno.test(`appwrite: a rightly signed token with ${what} is refused, and Appwrite is not asked`, async () => {
    const token = await sign(head, payload);
    await rejects(local(token), refused);
    const remote = remoteVerifier(remoteSettings, () => {
      throw new Error("asked");
    });
    await rejects(remote(token), refused);
  });
}

Deno.test("appwrite, local: a good token proves the user", async () => {
  const token = await new SignJWT({ userId: "kim", sessionId: "s1" }).setProtectedHeader(header)
    .setExpirationTime("15m").sign(new TextEncoder().encode(secret));
  const identity = await local(token);
  deepStrictEqual({ ...identity, expiresAt: 0 }, { subject: "kim", source: "appwrite", expiresAt: 0, permissions: [] });
});

Deno.test("appwrite, local: another key, an altered payload, no signature are refused", async () => {
  await rejects(local(await sign(header, claims, "another key another key another key")), refused);
  const [head, , signature] = (await sign(header, claims)).split(".");
  const [, altered] = writeToken(header, { ...claims, userId: "eve" }).split(".");
  await rejects(local(`${head}.${altered}.${signature}`), refused);
  await rejects(local(`${head}.${altered}.`), refused);
});

const remoteSettings = {
  APPWRITE_ENDPOINT: "http://appwrite.test/v1",
  APPWRITE_PROJECT_ID: "odyssey",
  ODYSSEY_APPWRITE_TIMEOUT_MS: 100,
};

const answering = (status: number, body: unknown) =>
  (() => Promise.resolve(Response.json(body, { status }))) as typeof fetch;

Deno.test("appwrite, remote: asks for the account with project and token, and no cookie", async () => {
  const token = await sign(header, claims);
  let asked: { url: string; headers: Headers } | undefined;
  const verify = remoteVerifier(remoteSettings, (url, init) => {
    asked = { url: String(url), headers: new Headers(init?.headers) };
    strictEqual(init?.credentials, "omit");
    return Promise.resolve(Response.json({ $id: "kim", status: true }));
  });
  strictEqual((await verify(token)).subject, "kim");
  strictEqual(asked?.url, "http://appwrite.test/v1/account");
  deepStrictEqual(Object.fromEntries(asked?.headers ?? []), {
    "accept": "application/json",
    "x-appwrite-jwt": token,
    "x-appwrite-project": "odyssey",
  });
});

Deno.test("appwrite, remote: a refusal, another account or a blocked one is 401", async () => {
  const token = await sign(header, claims);
  for (
    const answer of [
      answering(401, {}),
      answering(403, {}),
      answering(200, { $id: "eve" }),
      answering(200, { $id: "kim", status: false }),
      answering(200, null),
    ]
  ) {
    await rejects(remoteVerifier(remoteSettings, answer)(token), refused);
  }
});

Deno.test("appwrite, remote: silence, failure, a redirect or nonsense is 503, never a pass", async () => {
  const token = await sign(header, claims);
  const silent: typeof fetch = (_url, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const broken: typeof fetch = () => Promise.reject(new TypeError("connection refused"));
  const nonsense: typeof fetch = () => Promise.resolve(new Response("<html>"));
  for (
    const answer of [
      silent,
      broken,
      nonsense,
      answering(500, {}),
      answering(302, {}),
      answering(429, {}),
      answering(404, {}),
    ]
  ) {
    await rejects(remoteVerifier(remoteSettings, answer)(token), (error: HttpProblem) => {
      strictEqual(error.status, 503);
      strictEqual(error.slug, "identity-provider-unavailable");
      return true;
    });
  }
});

Deno.test("appwrite: only a single Bearer token in Authorization counts", () => {
  const good = "aa.bb.cc";
  strictEqual(bearerToken(new Headers({ Authorization: `bearer ${good}` })), good);
  for (
    const value of [
      "",
      "Bearer",
      "Bearer ",
      `Basic ${good}`,
      `Bearer ${good} ${good}`,
      "Bearer a.b",
      "Bearer a.b.c.d",
      `Bearer ${good}=`,
      `Bearer ${"a".repeat(9000)}.b.c`,
    ]
  ) {
    try {
      bearerToken(new Headers(value ? { Authorization: value } : { Cookie: `token=${good}` }));
    } catch (error) {
      refused(error as HttpProblem);
      continue;
    }
    throw new Error(`${value} was accepted`);
  }
});
