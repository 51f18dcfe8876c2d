/** A file end to end (upload complete -> job completed): new, again, a tenth changed, all changed; and what bounds it. */
import { Buffer } from "node:buffer";
import pg from "pg";
import * as tus from "tus-js-client";
import type { Benchmark, Measurement } from "../../scripts/bench/benchmark.ts";
import type { BenchStack } from "../../scripts/bench/stack.ts";
import { copyBytes } from "../../functions/worker/steps/copy_bytes.ts";
import { productFile } from "./data/ingest_rows.ts";

type Stack = Pick<BenchStack, "api" | "dbUrl" | "token" | "vendorId">;

export const benchmark: Benchmark = {
  description: "rows of a product file end to end, beside raw COPY and COPY of finished rows",
  async run({ rows, ...stack }) {
    const file = productFile(rows);
    const results: Measurement[] = [];
    const note = (what: string, ms: number) =>
      results.push({ what, count: rows, perSecond: rows / (ms / 1000), p50: ms, p95: ms, p99: ms });
    note("new rows", await ingest(stack, file));
    note("identical", await ingest(stack, file));
    note("a tenth changed", await ingest(stack, productFile(rows, 0.1)));
    note("all changed", await ingest(stack, productFile(rows, 1)));
    results.push(await callsMeanwhile(stack, ingest(stack, file)));
    note("COPY of the bytes, unlogged table", await rawCopy(stack, file));
    note("COPY of finished rows, 2 sessions", await finishedCopy(stack));
    return results;
  },
};

/** Milliseconds from the end of the upload to the end of the job. */
export async function ingest(
  { api, token }: Pick<Stack, "api" | "token">,
  bytes: Uint8Array,
  mode = "products",
): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const created = await (await fetch(`${api}/ingest/csv?mode=${mode}`, { method: "POST", headers })).json();
  await new Promise<void>((done, fail) => {
    new tus.Upload(Buffer.from(bytes), {
      endpoint: created.upload.url,
      headers: created.upload.headers,
      metadata: created.upload.metadata,
      chunkSize: created.upload.chunk_size,
      uploadSize: bytes.length,
      onSuccess: () => done(),
      onError: fail,
    }).start();
  });
  const started = performance.now();
  for (;;) {
    const job = await (await fetch(`${api}/jobs/${created.job_id}?wait=20`, { headers })).json();
    if (job.status === "completed") return performance.now() - started;
    if (job.finished_at) throw new Error(`the job ended ${job.status}: ${JSON.stringify(job.error)}`);
  }
}

/** How long upserts of one product of the same vendor take while a file that changes all rows is loaded. */
async function callsMeanwhile({ api, token }: Stack, load: Promise<number>): Promise<Measurement> {
  let isOver = false;
  const over = load.finally(() => (isOver = true));
  const times: number[] = [];
  const begun = performance.now();
  while (!isOver) {
    const started = performance.now();
    const answer = await fetch(`${api}/products`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ items: [{ external_id: "beside-a-load", name: `Name ${times.length}` }] }),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`POST /products answered ${answer.status}`);
    times.push(performance.now() - started);
  }
  await over;
  const perSecond = times.length / ((performance.now() - begun) / 1000);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return {
    what: "POST /products meanwhile",
    count: times.length,
    perSecond,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

async function rawCopy({ dbUrl }: Stack, bytes: Uint8Array): Promise<number> {
  return await withClient(dbUrl, async (client) => {
    const columns = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(10))).split(",").length;
    const list = Array.from({ length: columns }, (_, i) => `c${i + 1} text`).join(", ");
    await client.query(`create unlogged table app.bench_raw (${list})`);
    const started = performance.now();
    await copyBytes(client, "copy app.bench_raw from stdin with (format csv, header true)", bytes);
    const ms = performance.now() - started;
    await client.query("drop table app.bench_raw");
    return ms;
  });
}

/** The physical limit: the vendor's products as they are stored now, copied by two sessions into another vendor's place. */
async function finishedCopy({ dbUrl, vendorId }: Stack): Promise<number> {
  return await withClient(dbUrl, async (client) => {
    const made = await client.query<{ id: string }>("select (public.create_vendor('bench-copy', 'Copy')).id");
    const other = made.rows[0]!.id;
    const names = await client.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute
       where attrelid = 'public.products'::regclass and attnum > 0 and not attisdropped`,
    );
    const list = names.rows[0]!.list;
    const values = list.replace(/\bvendor_id\b/, `'${other}'`)
      .replace(/(^|, )id\b/, `$1extensions.uuid_generate_v5('${other}', external_id)`);
    const halves = await Promise.all([0, 1].map(async (half) => {
      const { rows } = await client.query<{ line: string }>(
        `select string_agg(${textLine(list, values)}, E'\\n') || E'\\n' as line from public.products
         where vendor_id = $1 and abs(hashtext(external_id)) % 2 = $2`,
        [vendorId, half],
      );
      return new TextEncoder().encode(rows[0]!.line);
    }));
    const started = performance.now();
    await Promise.all(
      halves.map((bytes) =>
        withClient(dbUrl, (own) => copyBytes(own, `copy public.products (${list}) from stdin with (format csv)`, bytes))
      ),
    );
    return performance.now() - started;
  });
}

/** An expression for one row as CSV that COPY reads back exactly. */
function textLine(list: string, values: string): string {
  const cells = splitList(values, list).map((value) =>
    `coalesce('"' || replace((${value})::text, '"', '""') || '"', '')`
  );
  return cells.join(" || ',' || ");
}

/** The values of `list`'s columns, whose own commas inside brackets do not count. */
function splitList(values: string, list: string): string[] {
  const parts = values.split(/, (?![^(]*\))/);
  if (parts.length !== list.split(", ").length) throw new Error("the columns of products cannot be told apart");
  return parts;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
