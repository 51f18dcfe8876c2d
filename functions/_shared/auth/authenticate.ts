import type { HttpContext } from "../http/context.ts";
import { type Settings, settings } from "../settings.ts";
import { localVerifier } from "./appwrite_local.ts";
import { remoteVerifier } from "./appwrite_remote.ts";
import { cachedVerifier } from "./cache.ts";
import type { Identity, Verifier } from "./identity.ts";
import { issuerVerifier } from "./issuer.ts";
import { refuse } from "./refuse.ts";
import { bearerToken, readHeader } from "./token.ts";

let verifier: Verifier | undefined;

/** Proves who sent the request and keeps it in the context, or throws 401 or 503. */
export async function authenticate(c: HttpContext): Promise<Identity> {
  const known = c.get("identity");
  if (known) return known;
  const identity = await (verifier ??= createVerifier(settings()))(bearerToken(c.req.raw.headers));
  c.set("identity", identity);
  return identity;
}

/** Replaces the verifier made from the settings; `undefined` goes back to it. For tests. */
export function useVerifier(other: Verifier | undefined): void {
  verifier = other;
}

/** Appwrite's HS256 tokens, and the configured issuer's where there is one: the algorithm tells them apart. */
export function createVerifier(values: Settings, fetcher: typeof fetch = fetch): Verifier {
  const appwrite = values.ODYSSEY_APPWRITE_VERIFIER === "local"
    ? localVerifier(values)
    : remoteVerifier(values, fetcher);
  const issuer = values.ODYSSEY_AUTH_ISSUER ? issuerVerifier(values) : undefined;
  return cachedVerifier((token) => {
    const { alg } = readHeader(token);
    if (alg === "HS256") return appwrite(token);
    if (issuer && values.ODYSSEY_AUTH_ALGORITHMS.includes(alg)) return issuer(token);
    throw refuse();
  });
}
