/**
 * Checks access tokens of the issuer that a hosted project would have registered under third-party auth: our own api
 * function, found through its OpenID discovery. Stands for the platform's check; leaves out other issuers.
 */
import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";

/** Answers the claims of a token that holds, else null. */
export type VerifyToken = (token: string) => Promise<Record<string, unknown> | null>;

const discoverySchema = z.object({ issuer: z.url(), jwks_uri: z.url() });

type Issuer = { issuer: string; keys: ReturnType<typeof createRemoteJWKSet> };

/** `issuerUrl` is where `/.well-known/openid-configuration` is found; it is asked at the first token. */
export function createTokenVerifier(issuerUrl: string): VerifyToken {
  let known: Promise<Issuer> | undefined;
  const issuer = () => {
    known ??= discover(issuerUrl);
    known.catch(() => known = undefined);
    return known;
  };
  return async (token) => {
    const { issuer: name, keys } = await issuer();
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: name, algorithms: ["ES256", "RS256"] });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
}

async function discover(issuerUrl: string): Promise<Issuer> {
  const response = await fetch(`${issuerUrl}/.well-known/openid-configuration`);
  if (!response.ok) {
    throw new Error(`${issuerUrl} answered ${response.status} to OpenID discovery: ${await response.text()}`);
  }
  const { issuer, jwks_uri } = discoverySchema.parse(await response.json());
  return { issuer, keys: createRemoteJWKSet(new URL(jwks_uri)) };
}
