/**
 * Resumable uploads (TUS 1.0) at `/upload/resumable` (key or user token) and `/upload/resumable/sign` (x-signature).
 * When the last byte has arrived the file moves into place, then the row in storage.objects is written, once,
 * whatever is interrupted or repeated on the way.
 */
import { join } from "node:path";
import { Metadata, Server } from "@tus/server";
import { type Caller, serviceRole } from "../caller.ts";
import { errors, StorageError, toStorageError } from "./errors.ts";
import type { ObjectTable } from "./objects.ts";
import { ownerOf } from "./object_routes.ts";
import type { SignedTokens } from "./tokens.ts";
import { UploadLocks } from "./upload_locks.ts";
import { type Grant, type UploadRecord, UploadRecords } from "./upload_records.ts";
import { UploadStore } from "./upload_store.ts";
import { mustAllowType, mustBeValidName } from "./uploads.ts";

const route = "/upload/resumable";
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const cleaningMs = 60 * 60 * 1000;

type Deps = {
  objects: ObjectTable;
  tokens: SignedTokens;
  folder: string;
  publicUrl: () => string;
  identify: (request: Request) => Promise<Caller>;
};

/** What is known of a request before tus sees it. */
type Authorised = Grant & { limit: number };

export class ResumableUploads {
  readonly #deps: Deps;
  readonly #records: UploadRecords;
  readonly #store: UploadStore;
  readonly #server: Server;
  readonly #authorised = new WeakMap<Request, Authorised>();
  readonly #finishing = new Map<string, Promise<void>>();
  readonly #cleaning: ReturnType<typeof setInterval>;
  readonly #tidying: Promise<void>;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#records = new UploadRecords(join(deps.folder, "upload_records"));
    this.#store = new UploadStore(join(deps.folder, "uploads"), this.#records, deps.objects.files);
    this.#server = new Server({
      path: route,
      datastore: this.#store,
      locker: new UploadLocks(),
      lockDrainTimeout: 1000,
      disableTerminationForFinishedUploads: true,
      allowedHeaders: ["authorization", "apikey", "x-upsert", "x-signature"],
      namingFunction: () => crypto.randomUUID(),
      getFileIdFromRequest: (_, last) => last && uuid.test(last) ? last : undefined,
      generateUrl: (request, { id }) => `${this.#publicBase(request)}${route}${suffix(request.url)}/${id}`,
      maxSize: (request) => this.#authorised.get(request as Request)?.limit ?? 0,
      onUploadCreate: (request, upload) => {
        this.#records.grant(upload.id, this.#authorised.get(request as Request)!);
        return Promise.resolve({});
      },
      onUploadFinish: async (_, upload) => {
        await this.#finish(upload.id);
        return { headers: { "Tus-Complete": "1" } };
      },
      onResponseError: (_, error) => {
        if (!(error instanceof Error) && error.status_code !== 413) return undefined;
        const refused = error instanceof Error ? toStorageError(error) : errors.tooLarge();
        return { status_code: refused.status, body: JSON.stringify(refused.render()) };
      },
    });
    this.#cleaning = setInterval(() => this.#tidy(), cleaningMs);
    Deno.unrefTimer(this.#cleaning);
    this.#tidying = this.#tidy();
  }

  static isFor(path: string): boolean {
    return path === route || path.startsWith(`${route}/`);
  }

  async handle(request: Request, url: URL): Promise<Response> {
    try {
      if (request.method !== "OPTIONS") await this.#authorise(request, url);
      return await withJsonError(await this.#server.handleWeb(request), request);
    } catch (error) {
      const response = toStorageError(error).response({ exact: true, withBody: request.method !== "HEAD" });
      response.headers.set("tus-resumable", "1.0.0");
      return response;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#cleaning);
    await this.#tidying;
    await Promise.allSettled(this.#finishing.values());
  }

  async #authorise(request: Request, url: URL): Promise<void> {
    if (request.method === "POST") {
      this.#authorised.set(request, await this.#authoriseCreation(request, url));
      return;
    }
    const id = url.pathname.split("/").pop() ?? "";
    const record = uuid.test(id) ? await this.#records.read(id) : null;
    if (!record) throw errors.noSuchUpload();
    if (suffix(url.pathname)) await this.#verifySignature(request, `${record.target.bucket}/${record.target.name}`);
    else if (!mayTouch(await this.#deps.identify(request), record)) throw errors.noSuchUpload();
    const { file_size_limit } = await this.#deps.objects.bucket(record.target.bucket);
    this.#authorised.set(request, { ...record, limit: file_size_limit ?? 0 });
    // The last response, or the process that owed it, may have been lost.
    if (request.method === "HEAD" && await this.#store.isWhole(id, record)) await this.#finish(id);
  }

  async #authoriseCreation(request: Request, url: URL): Promise<Authorised> {
    const { objects } = this.#deps;
    const metadata = readMetadata(request);
    const [bucket, name] = [metadata.bucketName ?? "", metadata.objectName ?? ""];
    const found = await objects.bucket(bucket);
    mustBeValidName(name);
    const grant = suffix(url.pathname)
      ? await this.#signedGrant(request, bucket, name)
      : await this.#ownGrant(request, bucket, name);
    mustAllowType(found, metadata.contentType ?? "application/octet-stream");
    await objects.mayUpload(grant.caller, grant.target);
    return { ...grant, limit: found.file_size_limit ?? 0 };
  }

  async #signedGrant(request: Request, bucket: string, name: string): Promise<Grant> {
    const { upsert = false, owner } = await this.#verifySignature(request, `${bucket}/${name}`);
    return { caller: serviceRole, target: { bucket, name, upsert, owner } };
  }

  async #ownGrant(request: Request, bucket: string, name: string): Promise<Grant> {
    const caller = await this.#deps.identify(request);
    const upsert = request.headers.get("x-upsert") === "true";
    return { caller, target: { bucket, name, upsert, owner: ownerOf(caller) } };
  }

  #verifySignature(request: Request, path: string) {
    const signature = request.headers.get("x-signature");
    if (!signature) throw errors.missingSignature();
    return this.#deps.tokens.verify(signature, "upload", path);
  }

  /** Makes an object of a whole upload; concurrent calls share one run, later ones find it done. */
  #finish(id: string): Promise<void> {
    const running = this.#finishing.get(id) ?? this.#complete(id).finally(() => this.#finishing.delete(id));
    this.#finishing.set(id, running);
    return running;
  }

  async #complete(id: string): Promise<void> {
    const record = await this.#records.read(id);
    if (!record || record.finished) return;
    const { objects } = this.#deps;
    await objects.files.keep(this.#store.path(id), id);
    const metadata = record.upload.metadata ?? {};
    const object = {
      ...record.target,
      version: id,
      size: record.upload.size ?? 0,
      contentType: metadata.contentType ?? "application/octet-stream",
      cacheControl: /^\d+$/.test(metadata.cacheControl ?? "") ? `max-age=${metadata.cacheControl}` : "no-cache",
      userMetadata: parseUserMetadata(metadata.metadata),
    };
    await objects.save(record.caller, object).catch(async (thrown) => {
      // Someone else took the name meanwhile, or the permission went: no retry will help.
      if (toStorageError(thrown).status < 500) await this.#store.remove(id);
      throw thrown;
    });
    await this.#records.write(id, { ...record, finished: true });
  }

  /** Finishes what a killed process received whole, then drops what was abandoned a day ago. */
  async #tidy(): Promise<void> {
    try {
      for (const id of await this.#records.list()) {
        const record = await this.#records.read(id);
        if (record && !record.finished && await this.#store.isWhole(id, record)) {
          await this.#finish(id).catch((error) => console.error(`storage: upload ${id}: ${error.message}`));
        }
      }
      await this.#server.cleanUpExpiredUploads();
    } catch (error) {
      console.error("storage: tidying uploads:", error);
    }
  }

  /** Where the client reaches us: what a proxy in front says, else the stack's own address. */
  #publicBase({ headers }: { headers: Headers }): string {
    const own = new URL(this.#deps.publicUrl());
    const host = headers.get("x-forwarded-host");
    if (!host) return own.href.replace(/\/$/, "");
    const protocol = headers.get("x-forwarded-proto") ?? own.protocol.slice(0, -1);
    const port = headers.get("x-forwarded-port");
    const suffix = port && !host.includes(":") && !["80", "443"].includes(port) ? `:${port}` : "";
    return `${protocol}://${host}${suffix}${headers.get("x-forwarded-prefix") ?? own.pathname.replace(/\/$/, "")}`;
  }
}

/** `/sign` when the request came by the signed route. */
function suffix(urlOrPath: string): string {
  return urlOrPath.includes(`${route}/sign`) ? "/sign" : "";
}

function mayTouch(caller: Caller, record: UploadRecord): boolean {
  if (caller.role === serviceRole.role) return true;
  return caller.role === record.caller.role && ownerOf(caller) === record.target.owner;
}

function readMetadata(request: Request): Record<string, string | null> {
  try {
    return Metadata.parse(request.headers.get("upload-metadata") ?? "");
  } catch {
    throw errors.invalidParameter("Upload-Metadata must name bucketName and objectName");
  }
}

function parseUserMetadata(text: string | null | undefined): Record<string, unknown> | undefined {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** tus refuses in plain text; this stand-in answers every refusal in Storage's shape. */
async function withJsonError(response: Response, request: Request): Promise<Response> {
  if (response.status < 400 || request.method === "HEAD") return response;
  const text = (await response.text()).trim();
  const body = text.startsWith("{")
    ? text
    : JSON.stringify(new StorageError(response.status, "TusError", text).render());
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json; charset=utf-8");
  headers.delete("content-length");
  return new Response(body, { status: response.status, headers });
}
