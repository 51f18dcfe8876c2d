/** The rows of storage.buckets and storage.objects, reached under the caller's role so that policies decide. */
import type { Sql, TransactionSql } from "postgres";
import type { Caller } from "../caller.ts";
import { errors } from "./errors.ts";
import type { ObjectFiles } from "./files.ts";

export type Bucket = {
  id: string;
  public: boolean;
  file_size_limit: number | null;
  allowed_mime_types: string[] | null;
};

export type ObjectMetadata = {
  eTag: string;
  size: number;
  mimetype: string;
  cacheControl: string;
  lastModified: string;
};

export type ObjectRow = {
  id: string;
  bucket_id: string;
  name: string;
  version: string;
  metadata: ObjectMetadata;
  user_metadata: Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
};

/** An object whose file lies in its place and whose row is to be written. */
export type NewObject = {
  bucket: string;
  name: string;
  version: string;
  size: number;
  contentType: string;
  cacheControl: string;
  userMetadata?: Record<string, unknown> | undefined;
  owner?: string | undefined;
  upsert: boolean;
};

const rollback = Symbol("rollback");

export class ObjectTable {
  constructor(readonly sql: Sql, readonly files: ObjectFiles, readonly onStored?: () => void) {}

  /** Runs `work` in one transaction with the caller's role and claims. */
  as<T>(caller: Caller, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
    return this.sql.begin(async (tx) => {
      await tx`select set_config('role', ${caller.role}, true),
        set_config('request.jwt.claims', ${JSON.stringify(caller.claims)}, true)`;
      return await work(tx);
    }) as Promise<T>;
  }

  async bucket(id: string): Promise<Bucket> {
    const [bucket] = await this.sql<Bucket[]>`
      select id, public, file_size_limit::float8 as file_size_limit, allowed_mime_types
      from storage.buckets where id = ${id}`;
    if (!bucket) throw errors.noSuchBucket();
    return bucket;
  }

  async find(caller: Caller, bucket: string, name: string): Promise<ObjectRow> {
    const [row] = await this.as(caller, (tx) =>
      tx<ObjectRow[]>`
        select id, bucket_id, name, version, metadata, user_metadata, created_at, updated_at
        from storage.objects where bucket_id = ${bucket} and name = ${name}`);
    if (!row) throw errors.noSuchKey();
    return row;
  }

  /** Refuses what `save` would refuse, before any byte is sent: the row is written and rolled back, as hosted does. */
  async mayUpload(caller: Caller, object: Pick<NewObject, "bucket" | "name" | "owner" | "upsert">): Promise<void> {
    const row = { ...object, version: crypto.randomUUID(), size: 0, contentType: "", cacheControl: "" };
    await this.as(caller, async (tx) => {
      await write(tx, row);
      throw rollback;
    }).catch((thrown) => {
      if (thrown !== rollback) throw thrown;
    });
  }

  /** Writes the row of an object, once: repeating the call with the same version changes nothing. */
  async save(caller: Caller, object: NewObject): Promise<string> {
    const [existing] = await this.sql<{ id: string; version: string }[]>`
      select id, version from storage.objects where bucket_id = ${object.bucket} and name = ${object.name}`;
    if (existing?.version === object.version) return existing.id;
    const saved = await this.as(caller, (tx) => write(tx, object));
    this.onStored?.();
    if (saved.replaced && saved.replaced !== object.version) await this.files.remove(saved.replaced);
    return saved.id;
  }
}

async function write(tx: TransactionSql, object: NewObject): Promise<{ id: string; replaced?: string }> {
  const metadata = {
    eTag: `"${object.version.replaceAll("-", "")}"`,
    size: object.size,
    mimetype: object.contentType,
    cacheControl: object.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: object.size,
    httpStatusCode: 200,
  };
  const [replaced] = object.upsert
    ? await tx<{ version: string }[]>`select version from storage.objects
        where bucket_id = ${object.bucket} and name = ${object.name} for update`
    : [];
  const [row] = await tx<{ id: string }[]>`
    insert into storage.objects (bucket_id, name, owner, owner_id, metadata, user_metadata, version)
    values (${object.bucket}, ${object.name}, ${asUuid(object.owner)}, ${object.owner ?? null},
      ${tx.json(metadata)}, ${object.userMetadata ? tx.json(object.userMetadata as never) : null}, ${object.version})
    ${
    object.upsert
      ? tx`on conflict (bucket_id, name) do update set owner = excluded.owner, owner_id = excluded.owner_id,
          metadata = excluded.metadata, user_metadata = excluded.user_metadata, version = excluded.version,
          updated_at = now()`
      : tx``
  }
    returning id`;
  return { id: row!.id, ...(replaced ? { replaced: replaced.version } : {}) };
}

function asUuid(text: string | undefined): string | null {
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : null;
}
