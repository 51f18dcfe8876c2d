import { delimiters, type Dialect, type DialectOverride, type Newline } from "./dialect.ts";
import { detectEncoding } from "./detect_encoding.ts";
import { recordShape } from "./record_shape.ts";
import { splitRecords } from "./split_records.ts";
import { looksLikeHeader } from "./header_row.ts";
import { toUtf8 } from "./transcode.ts";

export type Detection = {
  dialect: Dialect;
  /** The first records as read with this dialect; the first of them is the header where `dialect.header` says so. */
  records: string[][];
  /** How many records stand above these: a title, blank cells. */
  skipped: number;
};

/** How many lines above a header may be titles. */
const mostTitles = 10;

/** How many records of the head are read to judge a dialect. */
const judgedRecords = 200;

/**
 * Finds out how a file is written down, from its head and further samples (used for the encoding only).
 * `whole` says that the head is the whole file, so that its last record may lack a line end.
 */
export function detectDialect(
  samples: readonly Uint8Array[],
  { whole, override = {} }: { whole: boolean; override?: DialectOverride },
): Detection {
  const found = detectEncoding(samples);
  const encoding = override.encoding ?? found.encoding;
  const mark = encoding === found.encoding ? found.bom_bytes : 0;
  const piece = toUtf8((samples[0] ?? new Uint8Array()).subarray(mark), encoding, whole);
  const hint = separatorHint(piece.utf8);
  const bom_bytes = mark + piece.sourceBytes(hint?.length ?? 0);
  const head = piece.utf8.subarray(hint?.length ?? 0);
  const newline = detectNewline(head);
  const best = candidates({ delimiter: hint?.delimiter, ...override })
    .map((candidate) => judge(head, { ...candidate, newline }, whole))
    .reduce((a, b) => (b.score > a.score ? b : a));
  const skipped = override.header === false ? 0 : titleRecords(best.records);
  const records = best.records.slice(skipped);
  const header = override.header ?? looksLikeHeader(records);
  const { delimiter, quote } = best;
  return { dialect: { encoding, bom_bytes, delimiter, quote, newline, header }, records, skipped };
}

/** How many records above the header are titles or blank: one cell at most, where the header fills half its columns. */
function titleRecords(records: readonly string[][]): number {
  const filled = records.map((record) => record.filter((cell) => cell.trim() !== "").length);
  const usual = filled.slice(0, 50).sort((a, b) => a - b)[Math.floor(Math.min(filled.length, 50) / 2)] ?? 0;
  const first = filled.findIndex((count) => count >= Math.max(2, usual / 2));
  const areTitles = first > 0 && first <= mostTitles && filled.slice(0, first).every((count) => count <= 1);
  return areTitles && looksLikeHeader(records.slice(first)) ? first : 0;
}

/** Excel's own first line, `sep=;`, which is no record. */
function separatorHint(head: Uint8Array): { delimiter: string; length: number } | null {
  const match = /^sep=([^\r\n])(\r\n|\n|\r)/i.exec(new TextDecoder("latin1").decode(head.subarray(0, 8)));
  return match ? { delimiter: match[1]!, length: match[0].length } : null;
}

type Candidate = { delimiter: string; quote: string | null };

function candidates(override: DialectOverride): Candidate[] {
  const delimiterChoices = override.delimiter === undefined ? delimiters : [override.delimiter];
  const quoteChoices = override.quote === undefined ? ['"', "~", "'"] : [override.quote];
  return quoteChoices.flatMap((quote) => delimiterChoices.map((delimiter) => ({ delimiter, quote })));
}

/**
 * A good dialect gives nearly every record the same number of values, more than one, and uses its quotes properly.
 * Candidates come in order of preference, and only a clearly better score displaces an earlier one.
 */
function judge(head: Uint8Array, candidate: Candidate & { newline: Newline }, whole: boolean) {
  const shape = recordShape(candidate, null);
  let split = splitRecords(head, shape, whole, judgedRecords).records;
  // One long record without a line end yet: judge by what is there.
  if (split.length === 0 && !whole) split = splitRecords(head, shape, true, 1).records;
  const records = split.filter((record) => record.fault === null).map((record) => record.values);
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columns, agreeing] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  const total = split.length;
  const agreement = total === 0 ? 0 : agreeing / total;
  const quoteUse = candidate.quote === null || candidate.quote === '"' ? 0 : quotedShare(head, candidate);
  const unusedQuote = candidate.quote !== null && candidate.quote !== '"' && quoteUse < 0.5;
  // Where most rows are ragged, the header still shows what divides it.
  const hint = 0.02 * Math.log2(split[0]?.values.length || 1);
  const score = columns <= 1 ? 0.01 * agreement + hint : agreement * agreement * Math.log2(columns + 1) + quoteUse;
  return { ...candidate, records, score: unusedQuote ? -1 : score };
}

/** What share of the values at the start of the file is wrapped in the candidate's quote. */
function quotedShare(head: Uint8Array, { delimiter, quote }: Candidate): number {
  const text = new TextDecoder().decode(head.subarray(0, 20_000));
  const values = text.split(/\r\n|\n|\r/).filter((line) => line !== "").slice(0, 50).flatMap((line) =>
    line.split(delimiter)
  );
  if (values.length === 0 || quote === null) return 0;
  return values.filter((value) => value.length > 1 && value.startsWith(quote) && value.endsWith(quote)).length /
    values.length;
}

/** The style of most line ends outside quotes; a rough count is enough, records that differ are read all the same. */
function detectNewline(head: Uint8Array): Newline {
  let lf = 0;
  let crlf = 0;
  let cr = 0;
  let quoted = false;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i];
    if (byte === 0x22) quoted = !quoted;
    if (quoted) continue;
    if (byte === 0x0a) lf++;
    else if (byte === 0x0d && head[i + 1] === 0x0a) {
      crlf++;
      i++;
    } else if (byte === 0x0d) cr++;
  }
  if (crlf > 0 && crlf >= lf && crlf >= cr) return "\r\n";
  return cr > lf ? "\r" : "\n";
}
