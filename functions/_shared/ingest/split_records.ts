import { carriageReturn, lineFeed, type RecordShape, space } from "./record_shape.ts";

/** Ends a text that was shortened, so that nobody takes it for the whole. */
export const cutMark = " … (shortened)";

export type FaultCode =
  | "ragged_row"
  | "bad_quoting"
  | "bad_encoding"
  | "nul_byte"
  | "row_too_long"
  | "invalid_raw"
  | "still_superseded";

/** What is wrong with a record, and the record as it stands (its beginning, when it is long). */
export type RecordFault = { code: FaultCode; message: string; raw: string };

/** One record of the file with its values, or with what is wrong with it. */
export type SplitRecord = { end: number; values: string[]; fault: RecordFault | null };

/** The records read, and where reading stopped: behind the last of them and the blank lines after it. */
export type Split = { records: SplitRecord[]; end: number };

type Field = { start: number; end: number; quoted: boolean };
type Shape = {
  start: number;
  fields: Field[];
  contentEnd: number;
  end: number;
  multiLine: boolean;
  irregular: boolean;
};

/** Longest piece of a bad record that is kept for the error file. */
const longestRaw = 2000;

/**
 * Reads the records at the start of `bytes`, forgiving what can only mean one thing (spaces around quotes, a quote inside
 * a value, empty values too many) and reporting the rest. A quote that would swallow following lines spoils its own line
 * only: reading goes on at the next one. Blank lines and those of nothing but delimiters are skipped. Stops before a
 * record that is not whole yet, or after `limit` records.
 */
export function splitRecords(bytes: Uint8Array, shape: RecordShape, atEnd: boolean, limit = Infinity): Split {
  const records: SplitRecord[] = [];
  let end = 0;
  while (end < bytes.length && records.length < limit) {
    const record = readShape(bytes, end, shape, atEnd);
    if (record === null) break;
    if (isSpoiledByAQuote(record, shape)) {
      const line = firstLine(bytes, end, atEnd);
      if (line === null) break;
      const raw = rawText(bytes, end, line.contentEnd);
      const message =
        "A quote is opened in this line and never closed; close it, or double a quote that is part of the text.";
      records.push({ end: line.end, values: [], fault: { code: "bad_quoting", message, raw } });
      end = line.end;
    } else {
      end = record.end;
      if (!isBlank(record, bytes)) records.push(withValues(bytes, record, shape));
    }
  }
  return { records, end };
}

function isSpoiledByAQuote(record: Shape, shape: RecordShape): boolean {
  if (!record.multiLine) return false;
  return record.irregular || (shape.columns !== null && record.fields.length !== shape.columns);
}

function isBlank({ fields, start, contentEnd }: Shape, bytes: Uint8Array): boolean {
  if (contentEnd - start === fields.length - 1) return true;
  if (fields.length !== 1 || fields[0]!.quoted) return false;
  for (let i = start; i < contentEnd; i++) {
    if (bytes[i] !== space && bytes[i] !== 0x09) return false;
  }
  return true;
}

function withValues(bytes: Uint8Array, record: Shape, shape: RecordShape): SplitRecord {
  const { start, end, contentEnd } = record;
  const content = bytes.subarray(start, contentEnd);
  const refuse = (code: FaultCode, message: string): SplitRecord => ({
    end,
    values: [],
    fault: { code, message, raw: rawText(bytes, start, contentEnd) },
  });
  if (content.includes(0)) return refuse("nul_byte", "The row contains a NUL byte; remove it.");
  let text: string;
  try {
    text = strict.decode(content);
  } catch {
    return refuse(
      "bad_encoding",
      "The row contains bytes that are not valid in the file's encoding; save the file as UTF-8.",
    );
  }
  const ascii = text.length === content.length;
  const values = record.fields.map((field) => {
    const value = ascii
      ? text.slice(field.start - start, field.end - start)
      : lenient.decode(bytes.subarray(field.start, field.end));
    if (!field.quoted || shape.quote === null) return value;
    const quote = String.fromCharCode(shape.quote);
    return value.replaceAll(quote + quote, quote);
  });
  if (shape.columns !== null) {
    while (values.length > shape.columns && values.at(-1)!.trim() === "") values.pop();
    if (values.length !== shape.columns) {
      return refuse("ragged_row", `The row has ${record.fields.length} values where the header has ${shape.columns}.`);
    }
  }
  return { end, values, fault: null };
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** A piece of the file for people to read: shortened, and without the NULs that Postgres cannot store. */
export function rawText(bytes: Uint8Array, start: number, end: number): string {
  const text = lenient.decode(bytes.subarray(start, Math.min(end, start + longestRaw))).replaceAll("\0", "\u2400");
  return end - start > longestRaw ? text + cutMark : text;
}

function firstLine(bytes: Uint8Array, start: number, atEnd: boolean): { contentEnd: number; end: number } | null {
  let i = start;
  while (i < bytes.length && bytes[i] !== lineFeed && bytes[i] !== carriageReturn) i++;
  if (i === bytes.length) return atEnd ? { contentEnd: i, end: i } : null;
  return { contentEnd: i, end: i + newlineLength(bytes, i) };
}

/** Any style of line end is taken here, so that files that mix them are read as well. */
function newlineLength(bytes: Uint8Array, at: number): number {
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed ? 2 : 1;
}

/** Finds the values of the record at `start`, or null where the bytes end before it does. */
function readShape(bytes: Uint8Array, start: number, shape: RecordShape, atEnd: boolean): Shape | null {
  const n = bytes.length;
  const { delimiter, quote } = shape;
  const fields: Field[] = [];
  let multiLine = false;
  let irregular = false;
  let i = start;
  for (;;) {
    const fieldStart = i;
    let open = i;
    while (open < n && bytes[open] === space) open++;
    let field: Field | null = null;
    if (quote !== null && open < n && bytes[open] === quote) {
      const closed = closingQuote(bytes, open + 1, delimiter, quote);
      if (closed === null && !atEnd) return null;
      // Never closed: counts as spread over the lines it would swallow, even where it opens in the last one.
      if (closed === null || closed === "spoiled") {
        return { start, fields, contentEnd: n, end: n, multiLine: true, irregular: true };
      }
      if (closed.after === n && !atEnd) return null;
      multiLine ||= hasNewline(bytes, open, closed.quoteAt);
      irregular ||= closed.irregular;
      field = { start: open + 1, end: closed.quoteAt, quoted: true };
      i = closed.after;
    }
    if (field === null) {
      while (i < n && bytes[i] !== delimiter && bytes[i] !== lineFeed && bytes[i] !== carriageReturn) i++;
      field = { start: fieldStart, end: i, quoted: false };
    }
    fields.push(field);
    if (i === n) return atEnd ? { start, fields, contentEnd: n, end: n, multiLine, irregular } : null;
    if (bytes[i] === delimiter) {
      i++;
      continue;
    }
    if (bytes[i] === carriageReturn && i + 1 === n && !atEnd) return null;
    return { start, fields, contentEnd: i, end: i + newlineLength(bytes, i), multiLine, irregular };
  }
}

/**
 * A quote closes its value where a delimiter, a line end or the end follows (spaces between are forgiven). A value with a
 * line end and another quote inside is spoiled, however it ends: looking for its end in each of a million such lines
 * would take hours.
 */
function closingQuote(bytes: Uint8Array, from: number, delimiter: number, quote: number) {
  let irregular = false;
  let i = from;
  for (;;) {
    while (i < bytes.length && bytes[i] !== quote) {
      if (irregular && (bytes[i] === lineFeed || bytes[i] === carriageReturn)) return "spoiled";
      i++;
    }
    if (i === bytes.length) return null;
    if (bytes[i + 1] === quote) {
      i += 2;
      continue;
    }
    let after = i + 1;
    while (after < bytes.length && bytes[after] === space) after++;
    const next = bytes[after];
    if (next === undefined || next === delimiter || next === lineFeed || next === carriageReturn) {
      return { quoteAt: i, after, irregular };
    }
    if (!irregular && hasNewline(bytes, from, i)) return "spoiled";
    irregular = true;
    i++;
  }
}

function hasNewline(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === lineFeed || bytes[i] === carriageReturn) return true;
  return false;
}
