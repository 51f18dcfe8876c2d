import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { issuerVerifier } from "../../functions/_shared/auth/issuer.ts";
import type { HttpProblem } from "../../functions/_shared/http/problems.ts";

const values = {
  ODYSSEY_AUTH_ISSUER: "https://auth.example",
  ODYSSEY_AUTH_AUDIENCE: "odyssey",
  ODYSSEY_AUTH_JWKS_URL: undefined,
  ODYSSEY_AUTH_ALGORITHMS: ["ES256"],
};
const pair = await generateKeyPair("ES256", { extractable: true });
const jwk = { ...await exportJWK(pair.publicKey), kid: "k1", alg: "ES256" };
const verify = issuerVerifier(values, createLocalJWKSet({ keys: [jwk] }));

const sign = (payload: JWTPayload, issuer = "https://auth.example", audience = "odyssey", expires = "5m") =>
  new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "k1" }).setIssuer(issuer).setAudience(audience)
    .setExpirationTime(expires).sign(pair.privateKey);

const refused = (error: HttpProblem) => error.status === 401;

Deno.test("issuer: permissions come from the permissions or the scope claim", async () => {
  const listed = await verify(await sign({ sub: "agent", permissions: ["super_id:generate", 7] }));
  deepStrictEqual([listed.subject, listed.source, listed.permissions], ["agent", "issuer", ["super_id:generate"]]);
  const scoped = await verify(await sign({ sub: "u", client_id: "agent", scope: "super_id:read super_id:generate" }));
  deepStrictEqual([scoped.subject, scoped.permissions], ["agent", ["super_id:read", "super_id:generate"]]);
  deepStrictEqual((await verify(await sign({ sub: "agent" }))).permissions, []);
});

Deno.test("issuer: another issuer, audience or key, an expired token, no subject are refused", async () => {
  await rejects(verify(await sign({ sub: "a" }, "https://evil.example")), refused);
  await rejects(verify(await sign({ sub: "a" }, undefined, "other")), refused);
  await rejects(verify(await sign({ sub: "a" }, undefined, undefined, "-1s")), refused);
  await rejects(verify(await sign({})), refused);
  const other = await generateKeyPair("ES256");
  const forged = new SignJWT({ sub: "a" }).setProtectedHeader({ alg: "ES256", kid: "k1" }).setIssuer(
    "https://auth.example",
  )
    .setAudience("odyssey").setExpirationTime("5m");
  await rejects(verify(await forged.sign(other.privateKey)), refused);
});

Deno.test("issuer: the public key used as an HMAC key is refused", async () => {
  const token = await new SignJWT({ sub: "a" }).setProtectedHeader({ alg: "HS256", kid: "k1" }).setIssuer(
    "https://auth.example",
  )
    .setAudience("odyssey").setExpirationTime("5m").sign(new TextEncoder().encode(JSON.stringify(jwk)));
  await rejects(verify(token), refused);
});

Deno.test("issuer: keys that cannot be had are 503", async () => {
  for (const cause of [new errors.JWKSTimeout(), new TypeError("fetch failed")]) {
    const unreachable = issuerVerifier(values, () => Promise.reject(cause));
    await rejects(unreachable(await sign({ sub: "a" })), (error: HttpProblem) => {
      strictEqual(error.status, 503);
      return true;
    });
  }
});
