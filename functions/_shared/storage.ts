import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { settings } from "./settings.ts";

/** The private bucket of uploads and error files. */
export const ingestBucket = "ingest";

/** Storage did not answer, or not as it should; worth another try. */
export class StorageUnavailable extends Error {
  override name = "StorageUnavailable";
}

/** The object is not what it was when reading began, or is gone. */
export class ObjectChanged extends Error {
  override name = "ObjectChanged";
}

let client: SupabaseClient | undefined;

function bucket() {
  client ??= createClient(settings().SUPABASE_URL, secretKey(), {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
  return client.storage.from(ingestBucket);
}

/** The platform's secret key: full access, so it never leaves the functions. */
export function secretKey(): string {
  const keys = settings().SUPABASE_SECRET_KEYS;
  const key = keys["default"] ?? Object.values(keys)[0];
  if (!key) throw new Error('SUPABASE_SECRET_KEYS is empty; set {"default":"sb_secret_..."}');
  return key;
}

/** A token that lets anyone upload exactly this object once, and when it ends. */
export async function signUpload(path: string): Promise<{ token: string; expiresAt: Date }> {
  const { data, error } = await bucket().createSignedUploadUrl(path);
  if (error) throw new StorageUnavailable("no upload could be signed", { cause: error });
  return { token: data.token, expiresAt: expiryOf(data.token) };
}

/** A URL that downloads an object for a while, as an attachment when it gets a name. */
export async function signDownload(path: string, seconds: number, fileName?: string): Promise<string> {
  const options = fileName === undefined ? {} : { download: fileName };
  const { data, error } = await bucket().createSignedUrl(path, seconds, options);
  if (error) throw new StorageUnavailable("no download could be signed", { cause: error });
  return data.signedUrl;
}

export type ByteRange = {
  body: ReadableStream<Uint8Array>;
  /** Size of the whole object. */
  size: number;
  etag: string | null;
};

/**
 * Opens bytes `from` up to (not including) `to` of the object behind a signed URL. With `etag`, bytes of another
 * version are refused.
 */
export async function readRange(url: string, from: number, to: number, etag: string | null): Promise<ByteRange> {
  const response = await fetch(url, { headers: { Range: `bytes=${from}-${to - 1}` } })
    .catch((cause) => {
      throw new StorageUnavailable("storage cannot be reached", { cause });
    });
  const found = response.headers.get("etag");
  if (response.status === 400 || response.status === 404 || response.status === 416) {
    await response.body?.cancel();
    throw new ObjectChanged(`the object is gone or shorter than it was (${response.status})`);
  }
  if (!response.ok || !response.body || (response.status !== 206 && from > 0)) {
    await response.body?.cancel();
    throw new StorageUnavailable(`storage answered ${response.status}`);
  }
  if (etag !== null && found !== null && found !== etag) {
    await response.body.cancel();
    throw new ObjectChanged("the object was replaced while it was read");
  }
  const total = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  return {
    body: response.body,
    size: Number(total ?? response.headers.get("content-length") ?? 0),
    etag: found,
  };
}

/** The bytes of a range at once; for heads and samples. */
export async function readBytes(url: string, from: number, to: number, etag: string | null) {
  const { body, size, etag: found } = await readRange(url, from, to, etag);
  try {
    return { bytes: new Uint8Array(await new Response(body).arrayBuffer()), size, etag: found };
  } catch (cause) {
    throw new StorageUnavailable("the download broke off", { cause });
  }
}

/** Stores an object from a stream, replacing what an earlier attempt left. */
export async function uploadStream(path: string, body: ReadableStream<Uint8Array>, contentType: string): Promise<void> {
  const key = secretKey();
  const url = `${settings().SUPABASE_URL}/storage/v1/object/${ingestBucket}/${path}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { apikey: key, Authorization: `Bearer ${key}`, "Content-Type": contentType, "x-upsert": "true" },
    body,
  }).catch((cause) => {
    throw new StorageUnavailable("storage cannot be reached", { cause });
  });
  await response.body?.cancel();
  if (!response.ok) throw new StorageUnavailable(`storage answered ${response.status} to an upload`);
}

/** Removes objects with their bytes; those that are gone already are no error. */
export async function removeObjects(paths: string[]): Promise<void> {
  const { error } = await bucket().remove(paths);
  if (error) throw new StorageUnavailable("objects could not be removed", { cause: error });
}

/** When a signed token ends; Storage writes it as a JWT. */
function expiryOf(token: string): Date {
  const payload = token.split(".")[1] ?? "";
  const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  return new Date(Number(claims.exp) * 1000);
}
