/** A file end to end (upload complete -> job completed): new, again, a tenth changed, all changed; and what bounds it. */
import { Buffer } from "node:buffer";
import postgres from "postgres";
import * as tus from "tus-js-client";
import type { Benchmark, Measurement } from "../../scripts/bench/benchmark.ts";
import type { BenchStack } from "../../scripts/bench/stack.ts";
import { productFile } from "./data/ingest_rows.ts";
import { copyBytesOfFile, copyFinishedRows } from "./ingest/physical_limit.ts";

type Stack = Pick<BenchStack, "api" | "dbUrl" | "token" | "vendorId" | "dataDir">;

type Scenario = (stack: Stack, rows: number, file: Uint8Array) => Promise<Measurement[]>;

/** What follows the load of new rows, which each needs; in this order unless one is asked for. */
const scenarios: Record<string, Scenario> = {
  identical: async (stack, rows, file) => [took("identical", rows, await ingest(stack, file))],
  tenth: async (stack, rows) => [took("a tenth changed", rows, await ingest(stack, productFile(rows, 0.1)))],
  all: async (stack, rows) => [took("all changed", rows, await ingest(stack, productFile(rows, 1)))],
  calls: async (stack, rows) => [await callsMeanwhile(stack, ingest(stack, productFile(rows, 0.5)))],
  limit: async (stack, rows, file) => {
    const raw = await copyBytesOfFile(stack.dbUrl, file);
    const { products, all, filled } = await copyFinishedRows(stack);
    return [
      took("COPY of the bytes, unlogged table", rows, raw),
      took("COPY of finished products, 2 sessions", rows, products),
      took("... with barcodes and sources", rows, all),
      took("... and the search index filled", rows, filled),
    ];
  },
};

export const benchmark: Benchmark = {
  description: "rows of a product file end to end, beside raw COPY and COPY of finished rows",
  scenarios: Object.keys(scenarios),
  async run({ rows, scenario, ...stack }) {
    const file = productFile(rows);
    const results = [took("new rows", rows, await ingest(stack, file))];
    results.push(took("... search index, statistics, word counts, afterwards", rows, await settled(stack)));
    for (const name of scenario ? [scenario] : Object.keys(scenarios)) {
      results.push(...await scenarios[name]!(stack, rows, file));
      await settled(stack);
    }
    return results;
  },
};

function took(what: string, rows: number, ms: number): Measurement {
  return { what, count: rows, perSecond: rows / (ms / 1000), p50: ms, p95: ms, p99: ms };
}

/** Milliseconds until the worker has nothing left to do: what a job leaves behind must not slow what is measured next. */
async function settled({ dbUrl }: Pick<Stack, "dbUrl">): Promise<number> {
  const started = performance.now();
  const sql = postgres(dbUrl, { max: 1, onnotice: () => {} });
  while ((await sql`select from pgmq.q_ingest limit 1`).count > 0) await new Promise((done) => setTimeout(done, 20));
  await sql.end();
  return performance.now() - started;
}

/** Milliseconds from the end of the upload to the end of the job. */
export async function ingest(
  { api, token }: Pick<Stack, "api" | "token">,
  bytes: Uint8Array,
  mode = "products",
): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const created = await (await fetch(`${api}/ingest/csv?mode=${mode}`, { method: "POST", headers })).json();
  await new Promise<void>((done, fail) => {
    new tus.Upload(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
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
