/** Which sources go into the extension, and which belong to the host around it. */
import { relative } from "node:path";
import { root, type SqlSource, sqlSources } from "../migrations/sources.ts";

export type Source = { path: string; text: string };

export type Parts = {
  /** What becomes the extension, in order of dependence. */
  extension: Source[];
  /** Run after it, as plain SQL: what makes rows or objects of another extension, or partitions that will be dropped. */
  after: Source[];
};

/** The extensions whose functions ours use; an extension script cannot create them itself. */
export const required = ["uuid-ossp", "pgcrypto", "pg_trgm", "unaccent", "fuzzystrmatch", "btree_gin"];

/** Made by the host beforehand. */
const before = ["sql/foundation/extensions.sql"];

/** Needs Supabase Auth: its tables hang on auth.users. */
const leftOut = /^sql\/synthetic\//;

const afterwards = [
  "sql/foundation/cursor_key.sql",
  "sql/tenancy/set_db_pre_request.sql",
  "sql/audit/first_audit_partitions.sql",
  "sql/construction/first_analytics_partitions.sql",
  "sql/ingestion/ingest_bucket.sql",
  "sql/ingestion/ingest_queue.sql",
  "sql/ingestion/start_job_on_upload.sql",
  "sql/operations/scheduler_extensions.sql",
];

/** The sources of a checkout, sorted into parts. */
export async function readParts(projectRoot = root): Promise<Parts> {
  const named = (await sqlSources(projectRoot)).map((source: SqlSource) => relative(projectRoot, source.path));
  const missing = [...before, ...afterwards].filter((path) => !named.includes(path));
  if (projectRoot === root && missing.length > 0) throw new Error(`no longer a source: ${missing.join(", ")}`);
  const parts: Parts = { extension: [], after: [] };
  for (const path of named) {
    if (before.includes(path) || leftOut.test(path)) continue;
    const text = (await Deno.readTextFile(`${projectRoot}/${path}`)).trimEnd();
    parts[afterwards.includes(path) ? "after" : "extension"].push({ path, text });
  }
  return parts;
}
