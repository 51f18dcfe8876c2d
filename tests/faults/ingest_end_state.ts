/** What a job leaves behind, to hold one that was disturbed against one that was not. */
import { deepStrictEqual, strictEqual } from "node:assert";
import type postgres from "postgres";
import { createJob, followJob, ingest, upload } from "../end_to_end/ingest_client.ts";
import { createPerson, type Person, stack } from "../end_to_end/people.ts";

// deno-lint-ignore no-explicit-any
type Job = any;

/** A file with plain, repeated and ragged rows and bad barcodes. */
export function disturbedFile(rows: number): Uint8Array {
  const lines = Array.from({ length: rows }, (_, i) => {
    if (i % 1000 === 999) return `sku-${i}\n`;
    const barcode = i % 500 === 1 ? "12345678" : "";
    return `sku-${i % (rows - 500)},${barcode},"Product ${i}, boxed",Brand ${i % 50},${i % 90}.25,${i % 7}.5,en:milk\n`;
  });
  return new TextEncoder().encode("sku,ean,name,brand,price,protein_100g,allergens\n" + lines.join(""));
}

export type Calm = { person: Person; job: Job };

/** Ingests the file undisturbed, for a vendor of its own. */
export async function calmRun(name: string, bytes: Uint8Array): Promise<Calm> {
  const person = await createPerson(`${name}-calm`, { role: "vendor_operator", vendor: `${name}-calm` });
  const job = await ingest(person, bytes);
  strictEqual(job.status, "completed");
  return { person, job };
}

/** Ingests the file for a second vendor while `disturb` is told every state of the job. */
export async function struckRun(
  name: string,
  bytes: Uint8Array,
  disturb: (job: Job) => void | Promise<void>,
): Promise<Calm> {
  const person = await createPerson(`${name}-struck`, { role: "vendor_operator", vendor: `${name}-struck` });
  const created = await createJob(person);
  await upload(created, bytes);
  return { person, job: await followJob(person, created.job_id, disturb) };
}

/** Totals, products and errors are the same row for row, and nothing put aside is left. */
export async function assertSameEndState(sql: postgres.Sql, struck: Calm, calm: Calm): Promise<void> {
  strictEqual(struck.job.status, "completed", JSON.stringify(struck.job.error));
  deepStrictEqual(struck.job.totals, calm.job.totals);
  const products = (vendorId: string) =>
    sql`select external_id, barcode, name, brand, price, nutrition, allergens, search_tsv::text
      from public.products where vendor_id = ${vendorId} order by external_id`;
  deepStrictEqual([...await products(struck.person.vendorId)], [...await products(calm.person.vendorId)]);
  const errors = (id: string) =>
    sql`select row_no, field, code, raw from public.ingestion_job_errors where job_id = ${id} order by row_no, field, code`;
  deepStrictEqual([...await errors(struck.job.id)], [...await errors(calm.job.id)]);
  await stepsAreOver(sql, struck.job.id);
  const [left] = await sql`
    select (select count(*) from pg_class where relname like ${
    "ingest\\_" + struck.job.id.replaceAll("-", "") + "%"
  })::int as tables,
      (select count(*) from public.stg_products where job_id = ${struck.job.id})::int as staged,
      (select count(*) from pgmq.q_ingest where message ->> 'job_id' = ${struck.job.id})::int as messages`;
  deepStrictEqual({ ...left }, { tables: 0, staged: 0, messages: 0 });
}

/** A job that changed something is settled after it completed. */
async function stepsAreOver(sql: postgres.Sql, jobId: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const waiting = await sql`select from pgmq.q_ingest where message ->> 'job_id' = ${jobId}`;
    if (waiting.count === 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Processes of this stack's worker function: the entry point in the command line, this stack's address in the environment. */
export function workerProcesses(): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      const environment = Deno.readTextFileSync(`/proc/${name}/environ`);
      if (command.includes("functions/worker/index.ts") && environment.includes(stack.url)) found.push(Number(name));
    } catch {
      // Gone, or another user's.
    }
  }
  return found;
}

/** Ends the lease of a worker that died at once, instead of waiting until it runs out. */
export async function endLeases(sql: postgres.Sql, jobId: string): Promise<void> {
  await sql`select pgmq.set_vt('ingest', q.msg_id, 0) from pgmq.q_ingest as q where q.message ->> 'job_id' = ${jobId}`;
}
