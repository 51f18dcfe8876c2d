import { jwtVerify } from "jose";
import type { Settings } from "../settings.ts";
import type { Verifier } from "./identity.ts";
import { refuse } from "./refuse.ts";
import { readAppwriteToken } from "./token.ts";

/**
 * Proves Appwrite tokens with the instance's own key. Only for a self-hosted Appwrite with a single project: the key
 * signs for every project of the instance, and a blocked user or an ended session goes unnoticed.
 */
export function localVerifier({ APPWRITE_JWT_SECRET }: Pick<Settings, "APPWRITE_JWT_SECRET">): Verifier {
  if (!APPWRITE_JWT_SECRET) throw new Error("The local Appwrite verifier needs APPWRITE_JWT_SECRET.");
  // Imported once: importing for each token doubles the time a check takes.
  const key = crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(APPWRITE_JWT_SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  return async (token) => {
    const { userId, exp } = readAppwriteToken(token, Date.now() / 1000);
    await jwtVerify(token, await key, { algorithms: ["HS256"] }).catch((cause) => {
      throw refuse(cause);
    });
    return { subject: userId, source: "appwrite", expiresAt: exp, permissions: [] };
  };
}
