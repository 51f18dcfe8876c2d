/** Appwrite's JWTs: HS256 under one instance-wide key; `userId`, `sessionId`, `exp` and nothing else. */
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const claimsSchema = z.object({ userId: z.string().min(1), sessionId: z.string(), exp: z.number() });

export type AppwriteClaims = z.infer<typeof claimsSchema>;

/** What `account.createJWT()` answers: 900 seconds unless told otherwise, 3600 at most. */
export async function signAppwriteJwt(
  secret: string,
  { userId, sessionId, seconds = 900 }: { userId: string; sessionId: string; seconds?: number },
): Promise<string> {
  return await new SignJWT({ userId, sessionId, exp: Math.floor(Date.now() / 1000) + seconds })
    .setProtectedHeader({ typ: "JWT", alg: "HS256" })
    .sign(new TextEncoder().encode(secret));
}

/** The claims of a token that holds; throws otherwise. */
export async function verifyAppwriteJwt(secret: string, token: string): Promise<AppwriteClaims> {
  const key = new TextEncoder().encode(secret);
  const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], requiredClaims: ["exp"] });
  return claimsSchema.parse(payload);
}
