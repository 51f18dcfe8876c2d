import { recogniseContainer } from "./containers.ts";
import { detectDialect } from "./detect_dialect.ts";
import type { Dialect, DialectOverride } from "./dialect.ts";
import { columnNames } from "./header_row.ts";
import { JobFault } from "./job_fault.ts";
import { recogniseColumns, type Recognised } from "./recognise_columns.ts";
import { recordShape } from "./record_shape.ts";
import { splitRecords } from "./split_records.ts";
import { toUtf8 } from "./transcode.ts";

/** What the head of a file says about all of it. */
export type Inspection = {
  dialect: Dialect;
  /** What each column goes by, every name once. */
  names: string[];
  /** Columns that their cells give away, for fields that no header answers. */
  recognised: Record<string, Recognised>;
  /** The first rows, header not counted. */
  rows: readonly (readonly string[])[];
  /** Where in the file the first row begins. */
  firstOffset: number;
};

/** In a tiny file a few damaged bytes are a large share. */
const fewestControls = 16;

/**
 * Reads the head of a file: `samples` are its first bytes and pieces from further on, `whole` says that the first is the
 * file. A file that is no table throws a `JobFault`.
 */
export function inspectHead(
  samples: readonly Uint8Array[],
  { whole, override = {} }: { whole: boolean; override?: DialectOverride },
): Inspection {
  const head = samples[0] ?? new Uint8Array();
  refuseForeignFiles(head);
  const { dialect, records, skipped } = detectDialect(samples, { whole, override });
  if (records.every((record) => record.every((cell) => cell.trim() === ""))) throw emptyFile();
  const names = columnNames(records[0]!, dialect.header);
  if (dialect.header && records.length === 1 && whole) throw onlyHeader(names);
  const rows = dialect.header ? records.slice(1) : records;
  const recognised = recogniseColumns(names, rows);
  return { dialect, names, recognised, rows, firstOffset: firstOffset(head, dialect, whole, skipped) };
}

const identityHeaders: Record<string, string> = {
  products: "sku, code, id, external_id, ean, upc, gtin or barcode",
  customers: "customer_id, client_no, code, id or external_id",
};

/** Refuses a mapping that names no key, telling which columns there are. */
export function requireIdentity(mode: string, fields: Record<string, unknown>, { names, dialect }: Inspection): void {
  if ("external_id" in fields) return;
  const seen = names.slice(0, 40).map((name) => JSON.stringify(name.slice(0, 60))).join(", ") +
    (names.length > 40 ? ", ..." : "");
  throw new JobFault(
    "no_identity_column",
    `No column identifies the rows. ${
      dialect.header ? "The headers are" : "The file has no header row; its columns are"
    }: ${seen}.`,
    `Name a column ${identityHeaders[mode]}, or map one of these columns to external_id ` +
      "(`mapping` of the upload, or PUT /v1/ingest/mappings/{mode}), then upload the file again.",
  );
}

export function emptyFile(): JobFault {
  return new JobFault("empty_file", "The file is empty.", "Upload a file with a header row and at least one row.");
}

function onlyHeader(names: readonly string[]): JobFault {
  const detail = `The file has a header (${names.slice(0, 10).join(", ")}) and no rows.`;
  return new JobFault("no_rows", detail, "Upload a file with at least one row under the header.");
}

function refuseForeignFiles(head: Uint8Array): void {
  const container = recogniseContainer(head);
  if (container) throw new JobFault("not_csv", `The file is ${container.name}, not delimited text.`, container.remedy);
  const isWide = head.length > 1 && (head[0] === 0xff || head[0] === 0xfe);
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const control = head.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (
    !isWide && control > Math.max(head.length * 0.1, fewestControls) &&
    (zeros < head.length * 0.35 || control > zeros * 1.2)
  ) {
    throw new JobFault(
      "not_csv",
      "The file is binary data, not delimited text.",
      "Export the table as CSV (UTF-8) and upload that file.",
    );
  }
}

function firstOffset(head: Uint8Array, dialect: Dialect, whole: boolean, skipped: number): number {
  if (!dialect.header) return dialect.bom_bytes;
  const piece = toUtf8(head.subarray(dialect.bom_bytes), dialect.encoding, whole);
  const header = splitRecords(piece.utf8, recordShape(dialect, null), whole, skipped + 1).records[skipped];
  if (!header) {
    throw new JobFault(
      "header_too_long",
      "The first line does not end within the head of the file.",
      "Upload a file whose header is shorter than 512 KiB.",
    );
  }
  return dialect.bom_bytes + piece.sourceBytes(header.end);
}
