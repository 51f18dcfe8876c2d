/** The bucket routes: list, get, create, update, empty, delete. */
import type { Caller } from "../caller.ts";
import { errors } from "./errors.ts";
import { readJson } from "./json_body.ts";
import type { ObjectTable } from "./objects.ts";

type BucketInput = {
  id?: string;
  public?: boolean;
  file_size_limit?: number | string | null;
  allowed_mime_types?: string[] | null;
};

/** `path` holds what follows `/bucket`. */
export async function handleBuckets(
  objects: ObjectTable,
  caller: Caller,
  request: Request,
  path: string[],
): Promise<Response> {
  const [id, action] = path;
  const route = `${request.method} ${id ? "one" : "all"}${action ? ` ${action}` : ""}`;
  switch (route) {
    case "GET all":
      return Response.json(await objects.as(caller, (tx) => tx`select * from storage.buckets order by id`));
    case "POST all":
      return await createBucket(objects, caller, await readJson<BucketInput>(request));
    case "GET one": {
      const [bucket] = await objects.as(caller, (tx) => tx`select * from storage.buckets where id = ${id!}`);
      if (!bucket) throw errors.noSuchBucket();
      return Response.json(bucket);
    }
    case "PUT one":
      return await updateBucket(objects, caller, id!, await readJson<BucketInput>(request));
    case "POST one empty":
      await emptyBucket(objects, caller, id!);
      return Response.json({ message: "Empty bucket has been queued. Completion may take up to an hour." });
    case "DELETE one":
      return await deleteBucket(objects, caller, id!);
    default:
      throw errors.noSuchRoute(`${request.method}:/bucket`);
  }
}

async function createBucket(objects: ObjectTable, caller: Caller, input: BucketInput): Promise<Response> {
  const id = input.id ?? "";
  if (!/^[\w!\-.*'() &$@=;:+,?]{1,100}$/.test(id)) throw errors.invalidBucketName();
  await objects.as(
    caller,
    (tx) =>
      tx`insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
      values (${id}, ${id}, ${input.public ?? false}, ${parseSize(input.file_size_limit)},
        ${input.allowed_mime_types ?? null})`,
  );
  return Response.json({ name: id });
}

async function updateBucket(objects: ObjectTable, caller: Caller, id: string, input: BucketInput): Promise<Response> {
  await objects.bucket(id);
  const changes = {
    ...(input.public !== undefined ? { public: input.public } : {}),
    ...(input.file_size_limit !== undefined ? { file_size_limit: parseSize(input.file_size_limit) } : {}),
    ...(input.allowed_mime_types !== undefined ? { allowed_mime_types: input.allowed_mime_types } : {}),
    updated_at: new Date(),
  };
  const updated = await objects.as(caller, (tx) => tx`update storage.buckets set ${tx(changes)} where id = ${id}`);
  if (updated.count === 0) throw errors.accessDenied();
  return Response.json({ message: "Successfully updated" });
}

async function emptyBucket(objects: ObjectTable, caller: Caller, id: string): Promise<void> {
  await objects.bucket(id);
  const removed = await objects.as(
    caller,
    (tx) => tx<{ version: string }[]>`delete from storage.objects where bucket_id = ${id} returning version`,
  );
  for (const { version } of removed) await objects.files.remove(version);
}

async function deleteBucket(objects: ObjectTable, caller: Caller, id: string): Promise<Response> {
  await objects.bucket(id);
  const [held] = await objects.sql`select 1 from storage.objects where bucket_id = ${id} limit 1`;
  if (held) throw errors.bucketNotEmpty();
  const deleted = await objects.as(caller, (tx) => tx`delete from storage.buckets where id = ${id}`);
  if (deleted.count === 0) throw errors.accessDenied();
  return Response.json({ message: "Successfully deleted" });
}

/** Bytes, from a number or from `20MB` and the like (powers of 1024, as hosted). */
function parseSize(limit: number | string | null | undefined): number | null {
  if (limit === null || limit === undefined) return null;
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(String(limit));
  if (!match) throw errors.invalidParameter("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B");
  return Math.floor(Number(match[1]) * 1024 ** ["B", "KB", "MB", "GB"].indexOf((match[2] ?? "B").toUpperCase()));
}
