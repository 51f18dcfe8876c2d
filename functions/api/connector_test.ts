import type { z } from "@hono/zod-openapi";
import type { Connector } from "../_shared/connectors/connector.ts";
import { fetchPage } from "../_shared/connectors/fetch_page.ts";
import { pageUrl } from "../_shared/connectors/page_request.ts";
import { parseJson } from "../_shared/connectors/parse_json.ts";
import { type PageRows, readPage } from "../_shared/connectors/read_page.ts";
import { SourceUnavailable } from "../_shared/connectors/source_fault.ts";
import { type Claims, database } from "../_shared/database.ts";
import { JobFault } from "../_shared/ingest/job_fault.ts";
import { rpc } from "../_shared/rpc.ts";
import type { testResult } from "./connector_schemas.ts";

type Result = z.output<typeof testResult>;
type Preview = {
  mapping: { columns: Result["columns"]; fields: object };
  rows: Result["rows"];
  errors: Result["errors"];
};

const sampleRows = 20;

/** Fetches the first page of a connector and shows what it would become; what goes wrong is part of the answer. */
export async function testConnector(claims: Claims, source: string): Promise<Result> {
  const { body } = await rpc(claims, "begin_connector_test(source text)", { source });
  const connector = JSON.parse(body) as Connector & { wait_seconds: number };
  await new Promise((done) => setTimeout(done, connector.wait_seconds * 1000));
  const started = performance.now();
  const duration = () => Math.round(performance.now() - started);
  try {
    const url = pageUrl(connector, { next: null, updatedAfter: null });
    const fetched = await fetchPage(connector, await secretOf(connector), url, null);
    const duration_ms = duration();
    const page = await readFirst(connector, fetched.text ?? "", fetched.link);
    return {
      status: fetched.status,
      bytes: fetched.bytes,
      duration_ms,
      records: page.rows.length,
      total: page.total,
      has_next: page.next !== null,
      ...await preview(claims, connector, page),
    };
  } catch (error) {
    return { ...nothing, duration_ms: duration(), error: faultOf(error).toJSON() };
  }
}

const nothing = {
  status: null,
  bytes: null,
  records: null,
  total: null,
  has_next: null,
  columns: [],
  rows: [],
  errors: [],
};

async function secretOf({ id }: Connector): Promise<string | null> {
  const [row] = await database()<{ secret: string | null }[]>`
    select app.connector_secret(c) as secret from public.connectors as c where c.id = ${id}`;
  return row?.secret ?? null;
}

async function readFirst(connector: Connector, text: string, link: string | null): Promise<PageRows> {
  return await readPage(connector, {
    pageNo: 1,
    rowsBefore: 0,
    recordsBefore: 0,
    headers: [],
    current: null,
    page: parseJson(text),
    link,
  });
}

async function preview(claims: Claims, { mapping }: Connector, { headers, rows }: PageRows) {
  if (rows.length === 0) return { columns: [], rows: [], errors: [], error: null };
  const sample = rows.slice(0, sampleRows);
  const answer = await rpc(claims, "preview_ingest(mode text, headers text[], rows jsonb, requested jsonb)", {
    mode: "products",
    headers,
    rows: sample,
    requested: mapping,
  });
  const { mapping: compiled, ...rest } = JSON.parse(answer.body) as Preview;
  return {
    ...rest,
    columns: compiled.columns.map((column) => ({
      ...column,
      sample: sample.map(({ cells }) => cells[column.position - 1] ?? "").filter(Boolean).slice(0, 3)
        .map((cell) => cell.slice(0, 200)),
    })),
    error: "external_id" in compiled.fields ? null : noIdentity,
  };
}

const noIdentity = {
  code: "no_identity_column",
  detail: "No member of the records identifies them; `columns` lists what they have.",
  remedy: "Map one of these members to external_id in `mapping` of the connector.",
};

function faultOf(error: unknown): JobFault {
  if (error instanceof SourceUnavailable) return error.fault;
  if (error instanceof JobFault) return error;
  throw error;
}
