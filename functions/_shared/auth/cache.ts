import { LRUCache } from "lru-cache";
import type { Identity, Verifier } from "./identity.ts";

const longest = 60;

/**
 * Remembers proven tokens by their hash until they expire, at most a minute, and asks only once for a token that
 * several requests bring at the same time. Refusals are not remembered.
 */
export function cachedVerifier(verify: Verifier, now: () => number = () => Date.now() / 1000): Verifier {
  const proven = new LRUCache<string, { identity: Identity; until: number }>({ max: 10_000 });
  const pending = new Map<string, Promise<Identity>>();

  return async (token) => {
    const key = await hash(token);
    const known = proven.get(key);
    if (known && known.until > now()) return known.identity;
    const running = pending.get(key);
    if (running) return running;
    const check = Promise.resolve().then(() => verify(token)).then((identity) => {
      proven.set(key, { identity, until: Math.min(identity.expiresAt, now() + longest) });
      return identity;
    }).finally(() => pending.delete(key));
    pending.set(key, check);
    return check;
  };
}

async function hash(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return String.fromCharCode(...new Uint8Array(digest));
}
