import type pg from "pg";
import type { Corrections } from "../../_shared/ingest/dialect.ts";
import { readCorrectedRow } from "../../_shared/ingest/error_file.ts";
import type { SplitRecord } from "../../_shared/ingest/split_records.ts";

/**
 * The rows that the records of a corrected errors.csv hold. A record without `raw` is another error of the row above, or a
 * remark: no row. A superseded row that nobody changed stays out, or it would replace the later one.
 */
export async function correctedRows(
  client: pg.Client,
  records: readonly SplitRecord[],
  names: readonly string[],
  source: Corrections,
): Promise<SplitRecord[]> {
  const untouched = await untouchedRows(client, records, source);
  return records.flatMap((record) => {
    const [, , , , raw = ""] = record.values;
    if (record.fault) return [record];
    if (raw.trim() === "") return [];
    return [untouched.has(raw) ? stillSuperseded(raw) : readCorrectedRow(raw, names, source)];
  });
}

async function untouchedRows(
  client: pg.Client,
  records: readonly SplitRecord[],
  source: Corrections,
): Promise<Set<string>> {
  const rows = records.flatMap(({ values: [row_no = "", , code, , raw = ""] }) =>
    code === "superseded" && /^\d{1,15}$/.test(row_no) ? [{ row_no, raw }] : []
  );
  if (rows.length === 0) return new Set();
  const found = await client.query<{ raw: string }>(
    `select c.raw
     from jsonb_to_recordset($2) as c (row_no bigint, raw text)
     join public.ingestion_job_errors as e on e.job_id = $1 and e.row_no = c.row_no and e.code = 'superseded'
     where case when pg_input_is_valid(c.raw, 'jsonb') then c.raw::jsonb - '#job_id' = e.raw end`,
    [source.job_id, JSON.stringify(rows)],
  );
  return new Set(found.rows.map(({ raw }) => raw));
}

function stillSuperseded(raw: string): SplitRecord {
  const message = "The row is as it was, and a later row has the same external_id; change external_id or leave it out.";
  return { end: 0, values: [], fault: { code: "still_superseded", message, raw } };
}
