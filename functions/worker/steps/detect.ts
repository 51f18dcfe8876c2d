import { recogniseContainer } from "../../_shared/ingest/containers.ts";
import { detectDialect } from "../../_shared/ingest/detect_dialect.ts";
import type { Dialect } from "../../_shared/ingest/dialect.ts";
import { columnNames } from "../../_shared/ingest/header_row.ts";
import { recordShape } from "../../_shared/ingest/record_shape.ts";
import { splitRecords } from "../../_shared/ingest/split_records.ts";
import { toUtf8 } from "../../_shared/ingest/transcode.ts";
import { readBytes, signDownload } from "../../_shared/storage.ts";
import { type Job, type Step, uploadPath } from "../job.ts";
import { JobFault } from "../job_fault.ts";
import { workerDatabase } from "../worker_database.ts";

const headBytes = 512 * 1024;
const sampleBytes = 64 * 1024;

/** Postgres tables end at 1600 columns and rows at 8 kB; wider files are loaded by their mapped columns only. */
const widestCopy = 600;

/** Reads the head and samples of the file, decides how it is written and which column is what. */
export async function detect({ job, message_id }: Step): Promise<void> {
  if (job.totals.bytes === 0) throw emptyFile();
  const { head, samples, size, etag } = await readSamples(job);
  refuseForeignFiles(head);
  const { dialect, records } = detectDialect([head, ...samples], {
    whole: head.length === size,
    override: job.params.dialect ?? {},
  });
  if (records.length === 0) throw emptyFile();
  const names = columnNames(records[0]!, dialect.header);
  if (dialect.header && records.length === 1 && head.length === size) throw onlyHeader(names);
  const mapping = await compileMapping(job, names);
  requireUsableColumns(mapping, names, dialect);
  const mapped = mapping.columns.filter((column) => column.targets.length > 0).map((column) => column.position);
  const positions = names.length <= widestCopy ? names.map((_, index) => index + 1) : mapped;
  await workerDatabase()`
    select app.finish_detect(
      job_id => ${job.id}, message_id => ${message_id}::bigint, dialect => ${JSON.stringify(dialect)}::text::jsonb,
      mapping => ${JSON.stringify(mapping)}::text::jsonb, positions => ${positions}::int[],
      first_offset => ${
    firstOffset(head, dialect, head.length === size)
  }::bigint, bytes => ${size}::bigint, etag => ${etag}
    )`;
}

async function readSamples(job: Job) {
  const url = await signDownload(uploadPath(job), 600);
  const { bytes: head, size, etag } = await readBytes(url, 0, headBytes, null);
  const samples: Uint8Array[] = [];
  for (const share of [0.4, 0.7, 1]) {
    const to = Math.floor(size * share);
    // An even start keeps UTF-16 units whole.
    const from = Math.max(to - sampleBytes, head.length) & ~1;
    if (to - from >= 16) samples.push((await readBytes(url, from, to, etag)).bytes);
  }
  return { head, samples, size, etag };
}

function refuseForeignFiles(head: Uint8Array): void {
  const container = recogniseContainer(head);
  if (container) throw new JobFault("not_csv", `The file is ${container.name}, not delimited text.`, container.remedy);
  const isWide = head.length > 1 && (head[0] === 0xff || head[0] === 0xfe);
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const control = head.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (!isWide && control > head.length * 0.1 && (zeros < head.length * 0.35 || control > zeros * 1.2)) {
    throw new JobFault(
      "not_csv",
      "The file is binary data, not delimited text.",
      "Export the table as CSV (UTF-8) and upload that file.",
    );
  }
}

async function compileMapping(job: Job, names: string[]): Promise<NonNullable<Job["mapping"]>> {
  const requested = job.params.mapping ? JSON.stringify(job.params.mapping) : null;
  const [row] = await workerDatabase()<{ mapping: NonNullable<Job["mapping"]> }[]>`
    select app.compile_ingest_mapping(${job.vendor_id}, ${job.mode}, ${names}::text[], ${requested}::text::jsonb) as mapping`;
  return row!.mapping;
}

function requireUsableColumns({ fields }: NonNullable<Job["mapping"]>, names: string[], dialect: Dialect): void {
  const seen = names.slice(0, 40).map((name) => JSON.stringify(name.slice(0, 60))).join(", ") +
    (names.length > 40 ? ", ..." : "");
  if (!("external_id" in fields)) {
    throw new JobFault(
      "no_identity_column",
      `No column identifies the rows. ${
        dialect.header ? "The headers are" : "The file has no header row; its columns are"
      }: ${seen}.`,
      "Name a column sku, code, id, external_id, ean, upc, gtin or barcode, or map one of these headers to external_id " +
        "with PUT /v1/ingest/mappings/products, then upload the file again.",
    );
  }
}

/** Where in the file the first row begins. */
function firstOffset(head: Uint8Array, dialect: Dialect, whole: boolean): number {
  if (!dialect.header) return dialect.bom_bytes;
  const piece = toUtf8(head.subarray(dialect.bom_bytes), dialect.encoding, whole);
  const first = splitRecords(piece.utf8, recordShape(dialect, null), whole, 1).records[0];
  if (!first) {
    throw new JobFault(
      "header_too_long",
      "The first line does not end within 512 KiB.",
      "Upload a file whose header is shorter.",
    );
  }
  return dialect.bom_bytes + piece.sourceBytes(first.end);
}

function emptyFile(): JobFault {
  return new JobFault("empty_file", "The file is empty.", "Upload a file with a header row and at least one row.");
}

function onlyHeader(names: string[]): JobFault {
  const detail = `The file has a header (${names.slice(0, 10).join(", ")}) and no rows.`;
  return new JobFault("no_rows", detail, "Upload a file with at least one row under the header.");
}
