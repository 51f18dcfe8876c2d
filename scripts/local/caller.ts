/**
 * Who calls a stand-in, as the hosted gateway reads it from the API keys and the access token.
 * Leaves out: the retired JWT keys (`anon`, `service_role`).
 */

/** The claims of a verified access token. */
export type Claims = Record<string, unknown>;

/** The database role a request takes, and its claims. */
export type Caller = { role: string; claims: Claims };

/** What is needed to tell callers apart; `verifyToken` answers null for a token that does not hold. */
export type CallerDeps = {
  publishableKeys: string[];
  secretKeys: string[];
  verifyToken: (token: string) => Claims | null | Promise<Claims | null>;
};

/** The request carries a key or a token, but not one that holds. */
export class InvalidCredentials extends Error {
  constructor(readonly reason: "unknown_key" | "invalid_token" | "expired_token") {
    super({ unknown_key: "Invalid API key", invalid_token: "Invalid JWT", expired_token: "JWT expired" }[reason]);
  }
}

export const serviceRole: Caller = { role: "service_role", claims: { role: "service_role" } };
export const anonymous: Caller = { role: "anon", claims: { role: "anon" } };

/** A user's token wins over the key beside it; supabase-js sends the key itself as bearer when nobody signed in. */
export async function identifyCaller(headers: Headers, deps: CallerDeps): Promise<Caller> {
  const key = headers.get("apikey");
  const bearer = /^bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const ofKey = key ? callerOfKey(key, deps) : null;
  if (key && !ofKey) throw new InvalidCredentials("unknown_key");
  const ofBearer = bearer ? callerOfKey(bearer, deps) : null;
  if (!bearer || ofBearer) return ofKey ?? ofBearer ?? anonymous;
  if (bearer.startsWith("sb_")) throw new InvalidCredentials("unknown_key");
  const claims = await deps.verifyToken(bearer);
  if (!claims) throw new InvalidCredentials(hasExpired(bearer) ? "expired_token" : "invalid_token");
  return { role: typeof claims.role === "string" ? claims.role : "anon", claims };
}

function callerOfKey(key: string, deps: CallerDeps): Caller | null {
  if (deps.secretKeys.includes(key)) return serviceRole;
  return deps.publishableKeys.includes(key) ? anonymous : null;
}

/** Only chooses the wording of a refusal; the token has failed already. */
function hasExpired(token: string): boolean {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).exp * 1000 < Date.now();
  } catch {
    return false;
  }
}
