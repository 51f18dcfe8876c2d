import { carriageReturn, lineFeed, noQuote, type RecordShape } from "./record_shape.ts";

export type RegularRun = {
  /** Where the last whole regular record ends. */
  end: number;
  records: number;
  /** Whether the record after `end` is irregular; otherwise it is merely not whole yet (or the bytes are used up). */
  irregular: boolean;
};

const text = 0;
const delimiter = 1;
const quotation = 2;
const feed = 3;
const carriage = 4;
const never = 5;

/**
 * Finds the longest run of records that COPY reads exactly as RFC 4180 means them: the right number of values, quotes
 * only around whole values, one style of line end. The run never ends inside a record. About 1 ns a byte, no allocation.
 */
export function scanRegularRecords(bytes: Uint8Array, shape: RecordShape, atEnd: boolean): RegularRun {
  const kinds = kindTable(shape);
  const quote = shape.quote ?? -1;
  const columns = shape.columns ?? 1;
  const n = bytes.length;
  let end = 0;
  let records = 0;
  let fieldStart = 0;
  let fields = 1;
  let i = 0;
  while (i < n) {
    const kind = kinds[bytes[i]!]!;
    if (kind === text) {
      i++;
    } else if (kind === delimiter) {
      fields++;
      i++;
      fieldStart = i;
    } else if (kind === quotation) {
      if (i !== fieldStart) return { end, records, irregular: true };
      i++;
      for (;;) {
        while (i < n && bytes[i] !== quote) i++;
        if (i >= n) return { end, records, irregular: atEnd };
        if (i + 1 === n) {
          if (!atEnd) return { end, records, irregular: false };
          i++;
          break;
        }
        const next = bytes[i + 1]!;
        if (next === quote) {
          i += 2;
          continue;
        }
        const after = kinds[next]!;
        if (after !== delimiter && after !== feed && after !== carriage) {
          return { end, records, irregular: true };
        }
        i++;
        break;
      }
    } else if (kind === feed || kind === carriage) {
      let length = 1;
      if (kind === carriage && shape.newline === "\r\n") {
        if (i + 1 === n) return { end, records, irregular: atEnd };
        length = bytes[i + 1] === lineFeed ? 2 : 0;
      } else if ((kind === feed) !== (shape.newline === "\n")) {
        length = 0;
      }
      if (length === 0 || fields !== columns || isEmptyOrEndMarker(bytes, end, i, fields)) {
        return { end, records, irregular: true };
      }
      i += length;
      end = i;
      fieldStart = i;
      fields = 1;
      records++;
    } else {
      return { end, records, irregular: true };
    }
  }
  if (atEnd && end < n) {
    if (fields !== columns || isEmptyOrEndMarker(bytes, end, n, fields)) return { end, records, irregular: true };
    return { end: n, records: records + 1, irregular: false };
  }
  return { end, records, irregular: false };
}

/** A record without values is none; COPY takes `\.` alone on a line for the end of the data. */
function isEmptyOrEndMarker(bytes: Uint8Array, start: number, end: number, fields: number): boolean {
  return end - start === fields - 1 || (end - start === 2 && bytes[start] === 0x5c && bytes[start + 1] === 0x2e);
}

function kindTable(shape: RecordShape): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds[0] = never;
  if (shape.quote === null) kinds[noQuote.charCodeAt(0)] = never;
  else kinds[shape.quote] = quotation;
  kinds[shape.delimiter] = delimiter;
  kinds[lineFeed] = feed;
  kinds[carriageReturn] = carriage;
  return kinds;
}
