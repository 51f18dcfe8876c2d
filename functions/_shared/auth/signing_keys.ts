import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { CryptoKey } from "jose";
import { database } from "../database.ts";

export interface SigningKey {
  kid: string;
  key: CryptoKey;
}

/** How long a process signs with a key before it looks whether a newer one took over. */
const trust = 5 * 60_000;

let known: { key: Promise<SigningKey>; until: number } | undefined;

/** The key that signs access tokens now; made at the first need, one for all processes. */
export function currentSigningKey(now: number = Date.now()): Promise<SigningKey> {
  if (known && known.until > now) return known.key;
  const key = loadSigningKey();
  known = { key, until: now + trust };
  key.catch(() => known = undefined);
  return key;
}

/** The public keys as JWKS text; there is always one. */
export async function publishedKeys(): Promise<string> {
  await currentSigningKey();
  const [row] = await database()<{ keys: string }[]>`select app.published_signing_keys()::text as keys`;
  return row?.keys ?? '{"keys":[]}';
}

interface StoredKey {
  kid: string;
  private_jwk: string;
}

async function loadSigningKey(): Promise<SigningKey> {
  const [stored] = await database()<StoredKey[]>`select kid, private_jwk from app.current_signing_key()`;
  const { kid, private_jwk } = stored ?? await makeSigningKey();
  const key = await importJWK(JSON.parse(private_jwk), "ES256") as CryptoKey;
  return { kid, key };
}

async function makeSigningKey(): Promise<StoredKey> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const publicKey: JWK = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicKey);
  const published = JSON.stringify({ ...publicKey, kid, alg: "ES256", use: "sig" });
  const secret = JSON.stringify(await exportJWK(pair.privateKey));
  const [winner] = await database()<StoredKey[]>`
    select current_kid as kid, current_private_jwk as private_jwk
    from app.claim_signing_key(kid => ${kid}, public_jwk => ${published}::text::jsonb, private_jwk => ${secret})
  `;
  if (!winner) throw new Error("app.claim_signing_key returned no row");
  return winner;
}
