import { z } from "@hono/zod-openapi";
import { SignJWT } from "jose";
import { currentSigningKey, publishedKeys } from "../_shared/auth/signing_keys.ts";
import type { Claims } from "../_shared/database.ts";
import { problem } from "../_shared/http/problems.ts";
import { json, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { settings } from "../_shared/settings.ts";

const tokenAnswer = z.strictObject({
  access_token: z.string().openapi({
    description: "For PostgREST, Storage and Realtime; `accessToken` of supabase-js.",
  }),
  token_type: z.literal("Bearer"),
  expires_in: z.int().positive().openapi({ description: "Seconds." }),
  expires_at: z.int().openapi({ description: "Unix seconds." }),
  vendor_id: z.uuid().nullable(),
  app_role: z.string().nullable(),
}).openapi("AccessToken");

/** The token exchange, and what others need to check its tokens. */
export function registerToken(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/token",
    operationId: "exchangeToken",
    summary: "Exchange an Appwrite JWT for an access token",
    description:
      "The token opens PostgREST, Storage and Realtime under the caller's row level security. It names one " +
      "vendor and lives 15 minutes at most; exchange again for another vendor or when it expired. A token changes " +
      "nothing and is stored nowhere, so an Idempotency-Key has no effect here.",
    tag: "Identity",
    access: "known",
    ignoresKey: true,
    answers: {
      200: {
        description: "The access token.",
        schema: tokenAnswer,
        example: {
          access_token: "eyJhbGciOiJFUzI1NiIsImtpZCI6IjFhMmIifQ.eyJyb2xlIjoiYXV0aGVudGljYXRlZCJ9.c2lnbmF0dXJl",
          token_type: "Bearer",
          expires_in: 900,
          expires_at: 1767225600,
          vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
          app_role: "vendor_operator",
        },
      },
    },
  }, async ({ claims }) => {
    refuseUnexchangeable(claims);
    return json(await issueToken(claims));
  });

  service.route({
    method: "get",
    path: "/.well-known/openid-configuration",
    operationId: "getOpenIdConfiguration",
    summary: "Show where the keys of our access tokens are",
    tag: "Identity",
    access: "public",
    answers: {
      200: { description: "OpenID Connect discovery.", schema: z.looseObject({ issuer: z.url(), jwks_uri: z.url() }) },
    },
  }, () => json(discovery(), 200, cacheable));

  service.route({
    method: "get",
    path: "/.well-known/jwks.json",
    operationId: "getJwks",
    summary: "Show the public keys of our access tokens",
    tag: "Identity",
    access: "public",
    answers: {
      200: {
        description: "JSON Web Key Set.",
        schema: z.strictObject({ keys: z.array(z.looseObject({ kid: z.string() })) }),
      },
    },
    problems: ["database-unavailable"],
  }, async () => jsonText(await publishedKeys(), 200, cacheable));
}

const cacheable = { "Cache-Control": "public, max-age=300" };

/**
 * What another issuer vouches for it vouches for alone. And inside a break-glass session every request is audited with
 * its justification, which PostgREST would not do.
 */
function refuseUnexchangeable(claims: Claims): void {
  if (!claims.appwrite_user_id) {
    throw problem("no-membership", { detail: "Only the token of an Appwrite user can be exchanged." });
  }
  if (claims.break_glass) {
    throw problem("insufficient-role", {
      detail: "A break-glass session works through this API alone; exchange without X-Vendor-Id, or close it first.",
    });
  }
}

/** Signs the claims of a request into a short-lived access token. */
async function issueToken(claims: Claims): Promise<z.output<typeof tokenAnswer>> {
  const { kid, key } = await currentSigningKey();
  const lifetime = settings().ODYSSEY_TOKEN_LIFETIME_SECONDS;
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + lifetime;
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "ES256", kid, typ: "JWT" })
    .setIssuer(issuer())
    .setAudience("authenticated")
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .setJti(crypto.randomUUID())
    .sign(key);
  return {
    access_token: token,
    token_type: "Bearer",
    expires_in: lifetime,
    expires_at: expiresAt,
    vendor_id: claims.vendor_id ?? null,
    app_role: claims.app_role ?? null,
  };
}

function issuer(): string {
  return `${settings().functionsUrl}/api`;
}

function discovery() {
  return {
    issuer: issuer(),
    jwks_uri: `${issuer()}/.well-known/jwks.json`,
    token_endpoint: `${issuer()}/v1/token`,
    response_types_supported: ["token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    claims_supported: ["sub", "role", "vendor_id", "app_role", "appwrite_user_id"],
  };
}
