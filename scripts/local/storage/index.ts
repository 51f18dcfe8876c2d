/**
 * Stands for Supabase Storage v1 on a folder of files: buckets, objects, signed URLs, resumable uploads (TUS).
 * Leaves out: image transformations, S3 protocol, object versions, list-v2, CDN purging, lifecycle and the global
 * size limit. TUS refusals are JSON here, plain text on the hosted service.
 */
import { join } from "node:path";
import type { Sql } from "postgres";
import { type CallerDeps, identifyCaller } from "../caller.ts";
import { handleBuckets } from "./buckets.ts";
import { errors, toStorageError } from "./errors.ts";
import { ObjectFiles } from "./files.ts";
import { ObjectTable } from "./objects.ts";
import { handleObjects } from "./object_routes.ts";
import { ResumableUploads } from "./resumable.ts";
import { SignedTokens } from "./tokens.ts";

export type StorageDeps = CallerDeps & {
  /** A connection that may read storage.* past policies and become anon, authenticated and service_role. */
  sql: Sql;
  /** The stack's data folder; the files lie in `<dataDir>/storage`. */
  dataDir: string;
  /** The HS256 secret of signed URLs and upload tokens. */
  tokenSecret: string;
  /** Where clients reach this service, such as `http://127.0.0.1:54321/storage/v1`. */
  publicUrl: () => string;
  /** Told when an object is stored: somebody may wait for it. */
  onStored?: () => void;
};

export type LocalStorage = {
  /** Answers one request; `url` may carry the `/storage/v1` prefix or not. */
  handle(request: Request, url: URL): Promise<Response>;
  close(): Promise<void>;
};

export function createStorage(deps: StorageDeps): LocalStorage {
  const folder = join(deps.dataDir, "storage");
  const objects = new ObjectTable(deps.sql, new ObjectFiles(folder), deps.onStored);
  const tokens = new SignedTokens(deps.tokenSecret);
  const identify = (request: Request) => identifyCaller(request.headers, deps);
  const resumable = new ResumableUploads({ objects, tokens, folder, publicUrl: deps.publicUrl, identify });

  async function route(request: Request, url: URL, path: string): Promise<Response> {
    const [area, ...rest] = path.split("/").filter((part, index) => index > 0 || part !== "").map(decode);
    if (area === "status" || area === "health") return Response.json({ healthy: true });
    if (area === "bucket") return await handleBuckets(objects, await identify(request), request, rest);
    if (area === "object") {
      return await handleObjects({ objects, tokens, request, url, identify: () => identify(request) }, rest);
    }
    throw errors.noSuchRoute(`${request.method}:${path}`);
  }

  return {
    async handle(request, url) {
      const path = url.pathname.replace(/^\/storage\/v1(?=\/|$)/, "");
      if (ResumableUploads.isFor(path)) return await resumable.handle(request, url);
      if (request.method === "OPTIONS") return new Response(null, { status: 204 });
      try {
        return await route(request, url, path);
      } catch (error) {
        return toStorageError(error).response({ withBody: request.method !== "HEAD" });
      }
    },
    close: () => resumable.close(),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw errors.invalidKey(segment);
  }
}
