import type { Connector, Next } from "./connector.ts";
import { nextPage, totalOf } from "./next_page.ts";
import { sha256Hex } from "../sha256_hex.ts";
import { flatten, recordsOf } from "./records.ts";

/** Where a sync was before this page, and what came. */
export interface PageInput {
  pageNo: number;
  rowsBefore: number;
  recordsBefore: number;
  /** Members that the records had so far, in the order of the cells. */
  headers: readonly string[];
  current: Next | null;
  page: unknown;
  link: string | null;
}

export interface PageRows {
  headers: string[];
  rows: { row_no: number; cells: (string | null)[] }[];
  records: number;
  total: number | null;
  next: Next | null;
  records_hash: string | null;
}

/** Columns of one sync; a source whose member names never end must not make the mapping endless. */
const mostHeaders = 1000;

/** Reads a page: its records as rows of cells, and where the next one is. */
export async function readPage(connector: Connector, input: PageInput): Promise<PageRows> {
  const records = recordsOf(connector, input.page);
  const list = recordsOf({ ...connector, explode: null }, input.page);
  const flat = records.map((record) => flatten(record, connector.unwrap));
  const headers = widen(connector, input.headers, flat);
  return {
    headers,
    rows: flat.map((cells, index) => ({
      row_no: input.rowsBefore + index + 1,
      cells: headers.map((header) => cells.get(header) ?? null),
    })),
    records: list.length,
    total: totalOf(connector, input.page),
    next: nextPage(connector, { ...input, records: list.length }),
    records_hash: list.length === 0 ? null : await sha256Hex(JSON.stringify(list)),
  };
}

/** The columns so far and those that this page adds; mapped ones first, should there be too many. */
function widen({ mapping }: Connector, known: readonly string[], flat: readonly Map<string, string>[]): string[] {
  const headers = new Set(known);
  const names = new Set(flat.flatMap((cells) => [...cells.keys()]));
  const mapped = [...names].filter((name) => Object.hasOwn(mapping, name));
  for (const name of [...mapped, ...names]) {
    if (headers.size < mostHeaders && name !== "" && name.length <= 500) headers.add(name);
  }
  return [...headers];
}
