/** How one delimited file is written down; detected once, stored in the job, overridable by the caller. */
export type Dialect = {
  /** Label of the WHATWG encoding standard. */
  encoding: Encoding;
  /** Bytes in front of the first record: a byte order mark, or Excel's line `sep=;`. */
  bom_bytes: number;
  delimiter: string;
  /** Null where the file quotes nothing: every quote is then text. */
  quote: string | null;
  newline: Newline;
  /** Whether the first record names the columns. */
  header: boolean;
  /** Only for a corrected errors.csv: whose rows it holds and how those are written. */
  corrects?: Corrections;
};

/** How a job reads a corrected errors.csv: `raw` holds rows of another job's file, written as that file was. */
export type Corrections = { job_id: string; delimiter: string; quote: string | null };

export type Newline = "\n" | "\r\n" | "\r";

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "macintosh", "iso-8859-15"] as const;
export type Encoding = (typeof encodings)[number];

export const delimiters = [",", ";", "\t", "|", "^"] as const;
export const quotes = ['"', "'", "~"] as const;

/** What a caller may fix beforehand; everything left out is detected. */
export type DialectOverride = {
  encoding?: Encoding | undefined;
  delimiter?: string | undefined;
  quote?: string | null | undefined;
  header?: boolean | undefined;
};
