import type { Dialect } from "../../_shared/ingest/dialect.ts";
import { noQuote } from "../../_shared/ingest/record_shape.ts";

/** The statements that fill a job's table: named by numbers of columns and of the job, so nothing of a file is in them. */
export function copyStatements(jobId: string, dialect: Dialect, positions: number[], mapped: number[]) {
  const table = `app.ingest_${jobId.replaceAll("-", "")}`;
  const list = (columns: number[]) => columns.map((position) => `c${position}`).join(", ");
  const format = (delimiter: string, quote: string) =>
    `with (format csv, delimiter ${literal(delimiter)}, quote ${literal(quote)}, escape ${
      literal(quote)
    }, null '', encoding 'UTF8')`;
  return {
    /** Bytes of the file as they stand: every column, rows numbered by the sequence. */
    bytes: `copy ${table} (${list(positions)}) from stdin ${format(dialect.delimiter, dialect.quote ?? noQuote)}`,
    /** Rows split here: their number and the mapped columns. */
    values: `copy ${table} (row_no${mapped.length > 0 ? ", " : ""}${list(mapped)}) from stdin ${format(",", '"')}`,
    numberFrom: `select setval('${table}_row_no', $1, false)`,
    errors: `insert into public.ingestion_job_errors (job_id, row_no, code, message, raw)
      select $1, e.row_no, e.code, e.message, e.raw
      from jsonb_to_recordset($2) as e (row_no bigint, code text, message text, raw jsonb)`,
  };
}

/** One row for `values`; blank cells become null. */
export function csvRow(rowNumber: number, cells: string[]): string {
  const written = cells.map((cell) => cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`);
  return `${[rowNumber, ...written].join(",")}\n`;
}

function literal(text: string): string {
  return `e'\\x${text.charCodeAt(0).toString(16).padStart(2, "0")}'`;
}
