/** The keys of one data folder: made at random on its first start and kept, so that clients need not be told again. */
import { join } from "node:path";
import { encodeBase64Url } from "deno-std/encoding/base64url.js";
import { z } from "zod";

const keysSchema = z.object({
  /** What browsers send as `apikey`; opens nothing by itself. */
  publishable: z.string().startsWith("sb_publishable_"),
  /** What servers send as `apikey`; acts as service_role. */
  secret: z.string().startsWith("sb_secret_"),
  /** The instance-wide key of the local Appwrite, as `_APP_OPENSSL_KEY_V1` is on a self-hosted one. */
  appwriteJwtSecret: z.string().min(32),
  /** What a server sends the local Appwrite as X-Appwrite-Key. */
  appwriteApiKey: z.string().startsWith("standard_"),
  /** Signs the URLs of Storage. */
  storageTokenSecret: z.string().min(32),
});

/** Everything secret that a stack owns, except for the passwords of the database. */
export type Keys = z.infer<typeof keysSchema>;

/** Reads `<dataDir>/keys.json`, or makes it. */
export async function loadKeys(dataDir: string): Promise<Keys> {
  const file = join(dataDir, "keys.json");
  const text = await Deno.readTextFile(file).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text !== null) return keysSchema.parse(JSON.parse(text));
  const keys = makeKeys();
  await Deno.writeTextFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

function makeKeys(): Keys {
  return {
    publishable: `sb_publishable_${randomText(16)}_${randomText(6)}`,
    secret: `sb_secret_${randomText(16)}_${randomText(6)}`,
    appwriteJwtSecret: randomText(32),
    appwriteApiKey: `standard_${randomText(32)}`,
    storageTokenSecret: randomText(32),
  };
}

function randomText(bytes: number): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}
