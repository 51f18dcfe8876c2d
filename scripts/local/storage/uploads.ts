/** Reads an object from a request's body (raw or multipart) and stores it. Multipart bodies are held in memory. */
import type { Caller } from "../caller.ts";
import { errors } from "./errors.ts";
import { parseForm } from "./form.ts";
import type { Bucket, ObjectTable } from "./objects.ts";

/** The object a request means to write. */
export type Target = { bucket: string; name: string; upsert: boolean; owner?: string | undefined };

type Content = {
  stream: ReadableStream<Uint8Array> | null;
  contentType: string;
  cacheControl: string;
  userMetadata?: Record<string, unknown> | undefined;
};

/** Stores the body under `target`; the row appears when the bytes are safe on disk. Returns the object's id. */
export async function receiveObject(
  objects: ObjectTable,
  caller: Caller,
  target: Target,
  request: Request,
): Promise<string> {
  const bucket = await objects.bucket(target.bucket);
  const limit = bucket.file_size_limit;
  if (limit !== null && Number(request.headers.get("content-length") ?? 0) > limit + formOverhead(request)) {
    throw errors.tooLarge();
  }
  await objects.mayUpload(caller, target);
  const content = await readContent(request);
  mustAllowType(bucket, content.contentType);
  const received = await objects.files.receive(content.stream, limit);
  const version = crypto.randomUUID();
  await objects.files.keep(received.path, version);
  const { contentType, cacheControl, userMetadata } = content;
  try {
    const object = { ...target, version, size: received.size, contentType, cacheControl, userMetadata };
    return await objects.save(caller, object);
  } catch (error) {
    await objects.files.remove(version);
    throw error;
  }
}

/** Refuses a type that the bucket does not take; `image/*` in the bucket's list stands for every image. */
export function mustAllowType(bucket: Bucket, contentType: string): void {
  const type = (contentType.split(";")[0] ?? "").trim().toLowerCase();
  const allowed = bucket.allowed_mime_types?.map((entry) => entry.toLowerCase());
  if (!allowed?.length) return;
  const fits = allowed.some((entry) =>
    entry === "*/*" || entry === type || (entry.endsWith("/*") && type.startsWith(entry.slice(0, -1)))
  );
  if (!fits) throw errors.invalidMimeType(contentType);
}

/** The characters an object's name may consist of, as the hosted service has them. */
export function mustBeValidName(name: unknown): void {
  if (typeof name !== "string" || !/^[\w/!\-.*'() &$@=;:+,?]{1,1024}$/.test(name)) {
    throw errors.invalidKey(String(name));
  }
}

async function readContent(request: Request): Promise<Content> {
  const contentType = request.headers.get("content-type") ?? "application/octet-stream";
  if (contentType.startsWith("multipart/form-data")) return await readForm(request);
  const metadata = request.headers.get("x-metadata");
  return {
    stream: request.body,
    contentType,
    cacheControl: request.headers.get("cache-control") ?? "no-cache",
    userMetadata: metadata ? parseObject(decodeBase64(metadata)) : undefined,
  };
}

async function readForm(request: Request): Promise<Content> {
  const parts = parseForm(await request.bytes(), request.headers.get("content-type") ?? "");
  const file = parts.find((part) => part.isFile);
  if (!file) throw errors.invalidParameter("The form holds no file");
  const field = (name: string) => {
    const part = parts.find((candidate) => !candidate.isFile && candidate.name === name);
    return part ? new TextDecoder().decode(part.content) : null;
  };
  const [seconds, metadata] = [field("cacheControl"), field("metadata")];
  return {
    stream: new Blob([file.content]).stream(),
    contentType: file.contentType ?? "application/octet-stream",
    cacheControl: seconds ? `max-age=${seconds}` : "no-cache",
    userMetadata: metadata ? parseObject(metadata) : undefined,
  };
}

/** A form carries boundaries and fields beside the file; the exact limit is checked while the file is written. */
function formOverhead(request: Request): number {
  return request.headers.get("content-type")?.startsWith("multipart/") ? 64 * 1024 : 0;
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    throw errors.invalidParameter("x-metadata is not base64");
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    throw errors.invalidParameter("The object's metadata is not JSON");
  }
}
