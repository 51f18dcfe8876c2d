import type { Dialect, Newline } from "./dialect.ts";

/** What a splitter needs to know of a dialect, in bytes of UTF-8. */
export type RecordShape = {
  delimiter: number;
  quote: number | null;
  newline: Newline;
  /** How many values a record has; null before that is known. */
  columns: number | null;
};

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;

/** COPY wants a quote character; for files without one it gets a control character that no accepted record contains. */
export const noQuote = "\u0001";

export function recordShape(
  dialect: Pick<Dialect, "delimiter" | "quote" | "newline">,
  columns: number | null,
): RecordShape {
  return {
    delimiter: dialect.delimiter.charCodeAt(0),
    quote: dialect.quote === null ? null : dialect.quote.charCodeAt(0),
    newline: dialect.newline,
    columns,
  };
}
