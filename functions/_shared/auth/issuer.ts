import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from "jose";
import { retryAfter } from "../http/errors.ts";
import { problem } from "../http/problems.ts";
import type { Settings } from "../settings.ts";
import type { Verifier } from "./identity.ts";
import { refuse } from "./refuse.ts";

type Needed = Pick<
  Settings,
  "ODYSSEY_AUTH_ISSUER" | "ODYSSEY_AUTH_AUDIENCE" | "ODYSSEY_AUTH_JWKS_URL" | "ODYSSEY_AUTH_ALGORITHMS"
>;

/** Proves tokens of the configured auth service: its issuer, our audience, asymmetric algorithms, its published keys. */
export function issuerVerifier(values: Needed, keys: JWTVerifyGetKey = publishedKeys(values)): Verifier {
  const { ODYSSEY_AUTH_ISSUER: issuer, ODYSSEY_AUTH_AUDIENCE: audience, ODYSSEY_AUTH_ALGORITHMS: algorithms } = values;
  if (!issuer || !audience) {
    throw new Error("The issuer's verifier needs ODYSSEY_AUTH_ISSUER and ODYSSEY_AUTH_AUDIENCE.");
  }
  return async (token) => {
    const payload = await jwtVerify(token, keys, { issuer, audience, algorithms, requiredClaims: ["exp"] })
      .then((verified) => verified.payload, (cause) => {
        throw cannotCheck(cause)
          ? problem("identity-provider-unavailable", { headers: retryAfter(2), cause })
          : refuse(cause);
      });
    const subject = clientOf(payload);
    if (!subject || payload.exp === undefined) throw refuse();
    return { subject, source: "issuer", expiresAt: payload.exp, permissions: permissionsOf(payload) };
  };
}

function publishedKeys({ ODYSSEY_AUTH_ISSUER, ODYSSEY_AUTH_JWKS_URL }: Needed): JWTVerifyGetKey {
  const address = ODYSSEY_AUTH_JWKS_URL ?? `${ODYSSEY_AUTH_ISSUER?.replace(/\/+$/, "")}/.well-known/jwks.json`;
  return createRemoteJWKSet(new URL(address), { timeoutDuration: 3000, cooldownDuration: 10_000 });
}

/** The keys could not be had, which says nothing about the token. */
function cannotCheck(cause: unknown): boolean {
  if (cause instanceof errors.JWKSTimeout || cause instanceof TypeError) return true;
  return cause instanceof errors.JOSEError && cause.code === "ERR_JOSE_GENERIC";
}

function clientOf(payload: JWTPayload): string | undefined {
  const { client_id } = payload;
  return typeof client_id === "string" && client_id ? client_id : payload.sub;
}

/** `permissions` is a list, `scope` OAuth's words between blanks. */
function permissionsOf(payload: JWTPayload): string[] {
  const { permissions, scope } = payload;
  if (Array.isArray(permissions)) return permissions.filter((item) => typeof item === "string");
  return typeof scope === "string" ? scope.split(" ").filter(Boolean) : [];
}
