import type { Connector, Next } from "../../_shared/connectors/connector.ts";
import { fetchPage } from "../../_shared/connectors/fetch_page.ts";
import { pageUrl } from "../../_shared/connectors/page_request.ts";
import { parseJson } from "../../_shared/connectors/parse_json.ts";
import { readPage } from "../../_shared/connectors/read_page.ts";
import { JobFault } from "../../_shared/ingest/job_fault.ts";
import { sha256Hex } from "../../_shared/sha256_hex.ts";
import type { Step } from "../job.ts";
import { sqlState } from "../sql_state.ts";
import { workerDatabase } from "../worker_database.ts";

/** SQLSTATE of `app.raise_sync_fault`. */
const syncFault = "OD030";

/** What is waited for here; what takes longer goes back to the queue. */
const mostWaitSeconds = 1;

/** Where the sync stands, as `app.save_sync_page` keeps it. */
interface SyncCheckpoint {
  page: number;
  next: Next | null;
  rows: number;
  records: number;
  headers: string[];
  updated_after: string | null;
}

interface KnownPage {
  id: string;
  etag: string | null;
  last_modified: string | null;
  link: string | null;
  payload: unknown;
}

/**
 * Fetches one page of a connector and brings it into the catalogue. The request is made outside any transaction; the
 * page, its products and the cursor are stored in one. The next page is a message of its own.
 */
export async function sync({ job, message_id }: Step): Promise<void> {
  const sql = workerDatabase();
  const [begun] = await sql<
    { begin: { connector: Connector; secret: string | null; wait_seconds: number } | null }[]
  >`select app.begin_sync_page(${job.id}, ${message_id}::bigint, ${mostWaitSeconds}) as begin`;
  if (!begun?.begin) return;
  const { connector, secret, wait_seconds } = begun.begin;
  await new Promise((done) => setTimeout(done, wait_seconds * 1000));

  const checkpoint = job.checkpoint as unknown as SyncCheckpoint;
  const url = pageUrl(connector, { next: checkpoint.next, updatedAfter: checkpoint.updated_after });
  const page_id = await sha256Hex(url.href);
  const known = await knownPage(job.vendor_id, connector.source, page_id);
  const fetched = await fetchPage(connector, secret, url, known);
  const isKnown = fetched.text === null && known !== null;
  const payload = isKnown ? known.payload : parseJson(fetched.text ?? "");
  const link = isKnown ? known.link : fetched.link;
  const { headers, rows, records, records_hash, total, next } = await readPage(connector, {
    pageNo: checkpoint.page + 1,
    rowsBefore: checkpoint.rows,
    recordsBefore: checkpoint.records,
    headers: checkpoint.headers,
    current: checkpoint.next,
    page: payload,
    link,
  });
  const page = {
    page_no: checkpoint.page + 1,
    page_id,
    ...(isKnown ? { known_id: known.id } : { payload }),
    etag: fetched.etag,
    last_modified: fetched.last_modified,
    link,
    bytes: fetched.bytes,
    ...{ headers, rows, records, records_hash, total, next },
  };
  await sql`select app.save_sync_page(${job.id}, ${message_id}::bigint, ${JSON.stringify(page)}::text::jsonb)`
    .catch((error) => {
      throw sqlState(error) === syncFault ? new JobFault(error.detail, error.message, error.hint) : error;
    });
}

/** The answer that a source may call unchanged. */
async function knownPage(vendorId: string, source: string, pageId: string): Promise<KnownPage | null> {
  const [row] = await workerDatabase()<{ page: KnownPage | null }[]>`
    select app.known_raw_page(${vendorId}, ${source}, ${pageId}) as page`;
  return row?.page ?? null;
}
