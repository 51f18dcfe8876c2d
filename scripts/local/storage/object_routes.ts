/** The object routes: upload, download, info, list, move, copy, remove and signed URLs. */
import { anonymous, type Caller, serviceRole } from "../caller.ts";
import { sendObject } from "./downloads.ts";
import { errors } from "./errors.ts";
import { readJson } from "./json_body.ts";
import { listObjects } from "./list.ts";
import type { ObjectRow, ObjectTable } from "./objects.ts";
import type { SignedTokens } from "./tokens.ts";
import { mustBeValidName, receiveObject } from "./uploads.ts";

/** How long a signed upload URL or upload token holds, as hosted. */
export const uploadTokenSeconds = 2 * 60 * 60;

/** One request under `/object`, with what answers it. */
export type ObjectRequest = {
  objects: ObjectTable;
  tokens: SignedTokens;
  request: Request;
  url: URL;
  /** Reads the caller from the request's key or token. */
  identify: () => Promise<Caller>;
};

/** `path` holds what follows `/object`, decoded. */
export async function handleObjects(context: ObjectRequest, path: string[]): Promise<Response> {
  const { method } = context.request;
  const [first = "", second = ""] = path;
  if (method === "GET" || method === "HEAD") return await readObject(context, path);
  if (first === "upload" && second === "sign") return await signedUpload(context, path.slice(2));
  if (method === "POST" && first === "sign") return await signDownload(context, path.slice(1));
  if (method === "POST" && first === "list") return await listObjects(context, second);
  if (method === "POST" && (first === "move" || first === "copy")) return await relocate(context, first);
  if (method === "DELETE") return await removeObjects(context, path);
  if (method === "POST" || method === "PUT") return await upload(context, path);
  throw errors.noSuchRoute(`${method}:/object`);
}

async function readObject(context: ObjectRequest, path: string[]): Promise<Response> {
  const { objects, tokens, request, url } = context;
  const wantsInfo = path[0] === "info";
  const [access, bucket, name] = splitRead(wantsInfo ? path.slice(1) : path);
  const find = async (): Promise<ObjectRow> => {
    if (access === "sign") {
      await tokens.verify(url.searchParams.get("token") ?? "", "download", `${bucket}/${name}`);
      return await objects.find(serviceRole, bucket, name);
    }
    if (access !== "public") return await objects.find(await context.identify(), bucket, name);
    if (!(await objects.bucket(bucket)).public) throw errors.noSuchBucket();
    return await objects.find(serviceRole, bucket, name);
  };
  const object = await find();
  return wantsInfo ? Response.json(describe(object)) : await sendObject(objects.files, object, request, url);
}

function splitRead(path: string[]): [access: string, bucket: string, name: string] {
  const hasAccess = ["public", "authenticated", "sign"].includes(path[0] ?? "");
  const [bucket, name] = splitPath(hasAccess ? path.slice(1) : path);
  return [hasAccess ? path[0]! : "authenticated", bucket, name];
}

function splitPath(path: string[]): [bucket: string, name: string] {
  const [bucket = "", ...rest] = path;
  const name = rest.join("/");
  mustBeValidName(name);
  return [bucket, name];
}

function describe({ metadata, user_metadata, bucket_id, ...object }: ObjectRow): Record<string, unknown> {
  return {
    ...object,
    bucket_id,
    size: metadata.size,
    content_type: metadata.mimetype,
    cache_control: metadata.cacheControl,
    etag: metadata.eTag,
    last_modified: metadata.lastModified,
    metadata: user_metadata ?? {},
  };
}

async function upload(context: ObjectRequest, path: string[]): Promise<Response> {
  const [bucket, name] = splitPath(path);
  const caller = await context.identify();
  const upsert = context.request.method === "PUT" || context.request.headers.get("x-upsert") === "true";
  const target = { bucket, name, upsert, owner: ownerOf(caller) };
  const id = await receiveObject(context.objects, caller, target, context.request);
  return Response.json({ Id: id, Key: `${bucket}/${name}` });
}

/** POST makes the token (the caller must be allowed to upload), PUT uses it (the token is all it needs). */
async function signedUpload(context: ObjectRequest, path: string[]): Promise<Response> {
  const { objects, tokens, request, url } = context;
  const [bucket, name] = splitPath(path);
  const full = `${bucket}/${name}`;
  if (request.method === "PUT") {
    const { owner, upsert = false } = await tokens.verify(url.searchParams.get("token") ?? "", "upload", full);
    await receiveObject(objects, serviceRole, { bucket, name, upsert, owner }, request);
    return Response.json({ Key: full });
  }
  const caller = await context.identify();
  const owner = ownerOf(caller);
  const upsert = request.headers.get("x-upsert") === "true";
  await objects.bucket(bucket);
  await objects.mayUpload(caller, { bucket, name, upsert, owner });
  const permission = { use: "upload", path: full, upsert, ...(owner ? { owner } : {}) } as const;
  const token = await tokens.sign(permission, uploadTokenSeconds);
  return Response.json({ url: `/object/upload/sign/${encodeURI(full)}?token=${token}`, token });
}

async function signDownload(context: ObjectRequest, path: string[]): Promise<Response> {
  const { objects, tokens, request } = context;
  const input = await readJson<{ expiresIn: number; paths: string[] }>(request);
  const seconds = Number(input.expiresIn);
  if (!Number.isInteger(seconds) || seconds < 1) throw errors.invalidParameter("body/expiresIn must be >= 1");
  const caller = await context.identify();
  const sign = async (bucket: string, name: string): Promise<string> => {
    await objects.find(caller, bucket, name);
    const token = await tokens.sign({ use: "download", path: `${bucket}/${name}` }, seconds);
    return `/object/sign/${bucket}/${name}?token=${token}`;
  };
  if (path.length > 1) return Response.json({ signedURL: await sign(...splitPath(path)) });
  if (!Array.isArray(input.paths)) throw errors.invalidParameter("body must have required property 'paths'");
  const signed = input.paths.map(async (name: string) => {
    const signedURL = await sign(path[0]!, name).catch(() => null);
    const error = signedURL ? null : "Either the object does not exist or you do not have access to it";
    return { error, path: name, signedURL };
  });
  return Response.json(await Promise.all(signed));
}

type RelocateInput = { bucketId: string; sourceKey: string; destinationKey: string; destinationBucket: string };

async function relocate(context: ObjectRequest, action: "move" | "copy"): Promise<Response> {
  const { objects } = context;
  const input = await readJson<RelocateInput>(context.request);
  const { bucketId = "", sourceKey = "", destinationKey: name = "" } = input;
  const bucket = input.destinationBucket ?? bucketId;
  mustBeValidName(name);
  const caller = await context.identify();
  const source = await objects.find(caller, bucketId, sourceKey);
  if (action === "move") {
    const moved = await objects.as(
      caller,
      (tx) =>
        tx`update storage.objects set bucket_id = ${bucket}, name = ${name}, updated_at = now() where id = ${source.id}`,
    );
    if (moved.count === 0) throw errors.accessDenied();
    return Response.json({ message: "Successfully moved" });
  }
  const upsert = context.request.headers.get("x-upsert") === "true";
  const target = { bucket, name, upsert, owner: ownerOf(caller) };
  await objects.mayUpload(caller, target);
  const version = crypto.randomUUID();
  await objects.files.copy(source.version, version);
  const { size, mimetype: contentType, cacheControl } = source.metadata;
  const userMetadata = source.user_metadata ?? undefined;
  const id = await objects.save(caller, { ...target, version, size, contentType, cacheControl, userMetadata });
  return Response.json({ Id: id, Key: `${bucket}/${name}` });
}

async function removeObjects(context: ObjectRequest, path: string[]): Promise<Response> {
  const { objects, request } = context;
  const [bucket = "", ...rest] = path;
  const names = rest.length > 0 ? [rest.join("/")] : (await readJson<{ prefixes: string[] }>(request)).prefixes ?? [];
  if (!names.every((name) => typeof name === "string")) {
    throw errors.invalidParameter("body/prefixes must be a list of names");
  }
  const caller = await context.identify();
  const removed = await objects.as(
    caller,
    (tx) =>
      tx<ObjectRow[]>`delete from storage.objects where bucket_id = ${bucket} and name = any(${names}) returning *`,
  );
  for (const { version } of removed) await objects.files.remove(version);
  if (rest.length === 0) return Response.json(removed);
  if (removed.length === 0) throw errors.noSuchKey();
  return Response.json({ message: "Successfully deleted" });
}

/** Who will own what the caller uploads: the `sub` of a user's token, nobody for a key. */
export function ownerOf(caller: Caller = anonymous): string | undefined {
  return typeof caller.claims.sub === "string" ? caller.claims.sub : undefined;
}
