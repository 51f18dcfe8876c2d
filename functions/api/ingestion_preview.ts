import type { z } from "@hono/zod-openapi";
import type { Claims } from "../_shared/database.ts";
import { countRows } from "../_shared/http/context.ts";
import { problem } from "../_shared/http/problems.ts";
import { json } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { isErrorFile } from "../_shared/ingest/error_file.ts";
import { emptyFile, inspectHead, type Inspection, requireIdentity } from "../_shared/ingest/inspect_head.ts";
import { JobFault } from "../_shared/ingest/job_fault.ts";
import { recordShape } from "../_shared/ingest/record_shape.ts";
import { type SplitRecord, splitRecords } from "../_shared/ingest/split_records.ts";
import { toUtf8 } from "../_shared/ingest/transcode.ts";
import { rpc } from "../_shared/rpc.ts";
import { ObjectChanged, readBytes, signDownload, StorageUnavailable } from "../_shared/storage.ts";
import * as examples from "./ingestion_examples.ts";
import * as schemas from "./ingestion_schemas.ts";

/** How much of a job's file is looked at. */
const headBytes = 512 * 1024;
const mostRows = 100;

type Body = z.output<typeof schemas.previewBody>;
type Head = { bytes: Uint8Array; whole: boolean };
type Columns = { position: number; header: string; targets: unknown[] }[];
type DatabaseAnswer = {
  mapping: { columns: Columns; fields: Record<string, unknown> };
  rows: { row_no: number }[];
  errors: { row_no: number }[];
};

/** What a file would become, before anything is written. */
export function registerPreview(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/ingest/preview",
    operationId: "previewIngest",
    summary: "Show what a file would become",
    description:
      "Takes the beginning of a file (`text` or `base64`) or a job whose upload is whole, and answers how it is " +
      "written, which column is which field, how sure and why, the first rows as they would be stored beside what is " +
      "in the catalogue, and the first errors. Nothing is written.",
    tag: "Ingestion",
    access: { role: "vendor_operator" },
    query: schemas.modeQuery,
    body: schemas.previewBody,
    bodyExample: { text: "sku,name,price\nA-1,Oat drink,2.50\n" },
    answers: { 200: { description: "The preview.", schema: schemas.preview, example: examples.previewExample } },
    problems: ["not-found", "storage-unavailable", "conflict"],
  }, async ({ c, claims, query, body }) => {
    const head = await readHead(claims, body);
    const answer = await preview(claims, query.mode, body, head);
    countRows(c, { read: answer.rows.length });
    return json(answer);
  });
}

async function preview(claims: Claims, mode: string, body: Body, head: Head) {
  let seen: Inspection;
  try {
    if (head.bytes.length === 0) throw emptyFile();
    seen = inspectHead([head.bytes], { whole: head.whole, override: body.dialect ?? {} });
  } catch (error) {
    if (error instanceof JobFault) return { dialect: null, columns: [], rows: [], errors: [], error: error.toJSON() };
    throw error;
  }
  if (isErrorFile(seen.names)) return { dialect: seen.dialect, columns: [], rows: [], errors: [], error: errorFile };
  const records = readRecords(head, seen, body.rows ?? 20);
  const { mapping, rows, errors } = await merge(claims, mode, body, seen, records);
  const faults = records.flatMap(({ fault }, index) =>
    fault ? [{ row_no: index + 1, field: null, code: fault.code, message: fault.message }] : []
  );
  return {
    dialect: seen.dialect,
    columns: mapping.columns.map((column) => ({ ...column, sample: sampleOf(records, column.position) })),
    rows,
    errors: [...faults, ...errors].sort((a, b) => a.row_no - b.row_no),
    error: identityFault(mode, mapping.fields, seen),
  };
}

const errorFile = {
  code: "errors_file",
  detail: "The file is an errors.csv; a job reads its rows as those of the file they come from.",
  remedy: "Correct the cells inside raw and upload the file as a job: POST /v1/ingest/csv.",
};

function identityFault(mode: string, fields: Record<string, unknown>, seen: Inspection) {
  try {
    requireIdentity(mode, fields, seen);
    return null;
  } catch (error) {
    return (error as JobFault).toJSON();
  }
}

async function merge(claims: Claims, mode: string, body: Body, seen: Inspection, records: SplitRecord[]) {
  const rows = records.flatMap(({ values, fault }, index) => fault ? [] : [{ row_no: index + 1, cells: values }]);
  const answer = await rpc(
    claims,
    "preview_ingest(mode text, headers text[], rows jsonb, requested jsonb, recognised jsonb)",
    { mode, headers: seen.names, rows, requested: body.mapping, recognised: seen.recognised },
  );
  return JSON.parse(answer.body) as DatabaseAnswer;
}

function readRecords({ bytes, whole }: Head, { dialect, names, firstOffset }: Inspection, limit: number) {
  const { utf8 } = toUtf8(bytes.subarray(firstOffset), dialect.encoding, whole);
  return splitRecords(utf8, recordShape(dialect, names.length), whole, Math.min(limit, mostRows)).records;
}

/** The first cells of a column that hold anything. */
function sampleOf(records: SplitRecord[], position: number): string[] {
  return records.map(({ values }) => (values[position - 1] ?? "").trim()).filter(Boolean).slice(0, 3)
    .map((cell) => cell.slice(0, 200));
}

async function readHead(claims: Claims, body: Body): Promise<Head> {
  if (body.text !== undefined) return { bytes: new TextEncoder().encode(body.text), whole: body.whole ?? true };
  if (body.base64 !== undefined) {
    const bytes = Uint8Array.from(atob(body.base64), (char) => char.charCodeAt(0));
    return { bytes, whole: body.whole ?? true };
  }
  const { body: job } = await rpc(claims, "get_ingestion_job(id uuid)", { id: body.job_id });
  const path = `${claims.vendor_id}/${(JSON.parse(job) as { id: string }).id}/upload`;
  try {
    const { bytes, size } = await readBytes(await signDownload(path, 60), 0, headBytes, null);
    return { bytes, whole: bytes.length === size };
  } catch (error) {
    if (error instanceof ObjectChanged || isMissing(error)) {
      throw problem("conflict", { detail: "The job has no file: its upload is not whole yet, or was removed." });
    }
    if (!(error instanceof StorageUnavailable)) throw error;
    throw problem("storage-unavailable", { headers: { "Retry-After": "5" }, cause: error });
  }
}

/** Storage refuses to sign what it does not have. */
function isMissing(error: unknown): boolean {
  const cause = (error as Error).cause as { status?: unknown; statusCode?: unknown } | undefined;
  return [400, 404].includes(Number(cause?.status)) || ["400", "404"].includes(String(cause?.statusCode));
}
