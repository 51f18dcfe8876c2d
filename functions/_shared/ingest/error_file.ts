import type { Corrections } from "./dialect.ts";
import { recordShape } from "./record_shape.ts";
import { cutMark, type SplitRecord, splitRecords } from "./split_records.ts";

/** The member of `raw` that says which job's file a row comes from. */
const sourceKey = "#job_id";

const header = ["row_no", "field", "code", "message", "raw"];
export const errorFileColumns = header.length;

/** Whether these are the columns of an errors.csv. */
export function isErrorFile(names: readonly string[]): boolean {
  return names.length === header.length && header.every((name, index) => names[index]!.toLowerCase() === name);
}

/** The job whose rows an errors.csv holds, from its first rows; null where none of them says. */
export function sourceJob(rows: readonly (readonly string[])[]): string | null {
  for (const row of rows) {
    const id = asObject(row[4] ?? "")?.[sourceKey];
    if (typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  }
  return null;
}

/**
 * Reads the row in `raw`: cells by header, or `{"line"}` as the file had it. What cannot be read, is shortened or still holds
 * damaged characters is a fault.
 */
export function readCorrectedRow(raw: string, names: readonly string[], source: Corrections): SplitRecord {
  const object = asObject(raw);
  if (object === null) {
    return refused("invalid_raw", "raw is not a JSON object; keep its braces, quotes and commas.", raw);
  }
  const { [sourceKey]: _, ...cells } = object;
  if (raw.includes(cutMark)) {
    const message = "raw holds only the beginning of the row; take the row from the file itself.";
    return refused("row_too_long", message, raw);
  }
  const isLine = Object.keys(cells).length === 1 && typeof cells["line"] === "string";
  return isLine ? readLine(cells["line"] as string, names, source) : readCells(cells, names, raw);
}

function readLine(line: string, names: readonly string[], { delimiter, quote }: Corrections): SplitRecord {
  if (line.includes("\ufffd")) {
    return refused("bad_encoding", "The row still contains characters that could not be read; write them anew.", line);
  }
  if (line.includes("\u2400")) return refused("nul_byte", "The row still contains a NUL (␀); remove it.", line);
  const shape = recordShape({ delimiter, quote, newline: "\n" }, names.length);
  const { records } = splitRecords(new TextEncoder().encode(line), shape, true);
  if (records.length > 1) return refused("ragged_row", "raw holds several rows; it must hold one.", line);
  return records[0] ?? refused("ragged_row", "The row is empty.", line);
}

function readCells(cells: Record<string, unknown>, names: readonly string[], raw: string): SplitRecord {
  const values = names.map(() => "");
  for (const [name, cell] of Object.entries(cells)) {
    const place = names.indexOf(name);
    const known = names.slice(0, 20).join(", ");
    if (place < 0) return refused("invalid_raw", `The file has no column ${JSON.stringify(name)}, but ${known}.`, raw);
    if (typeof cell === "object" && cell !== null) {
      return refused("invalid_raw", `The cell ${JSON.stringify(name)} must be a text, a number or null.`, raw);
    }
    values[place] = cell === null ? "" : String(cell);
  }
  return { end: 0, values, fault: null };
}

function refused(
  code: "invalid_raw" | "row_too_long" | "bad_encoding" | "nul_byte" | "ragged_row",
  message: string,
  raw: string,
): SplitRecord {
  return { end: 0, values: [], fault: { code, message, raw } };
}

function asObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : null;
  } catch {
    return null;
  }
}
