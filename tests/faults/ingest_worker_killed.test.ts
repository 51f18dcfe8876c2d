/** The worker's process is killed while a file is loaded and merged; what comes out equals an undisturbed run. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import postgres from "postgres";
import { createJob, followJob, ingest, upload } from "../end_to_end/ingest_client.ts";
import { createPerson, stack } from "../end_to_end/people.ts";

const rowCount = 60_000;

function file(): Uint8Array {
  const rows = Array.from({ length: rowCount }, (_, i) => {
    if (i % 1000 === 999) return `sku-${i}\n`;
    return `sku-${i % 59_000},"Product ${i}, boxed",Brand ${i % 50},${i % 90}.25,${i % 7}.5\n`;
  });
  return new TextEncoder().encode("sku,name,brand,price,protein_100g\n" + rows.join(""));
}

/** Processes of this stack's worker function: the entry point in the command line, this stack's address in the environment. */
function workerProcesses(): number[] {
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

Deno.test({
  name: "ingest: a worker killed again and again loses nothing and applies nothing twice",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
    try {
      const calm = await createPerson("olga", { role: "vendor_operator", vendor: "kill-calm" });
      const struck = await createPerson("kim", { role: "vendor_operator", vendor: "kill-struck" });
      const bytes = file();
      const expected = await ingest(calm, bytes);
      strictEqual(expected.status, "completed");

      const job = await createJob(struck);
      await upload(job, bytes);
      let kills = 0;
      let killedAt = "";
      const finished = await followJob(struck, job.job_id, (state) => {
        if (kills >= 2 || state.finished_at || `${state.step} ${state.progress_pct}` === killedAt) return;
        killedAt = `${state.step} ${state.progress_pct}`;
        for (const pid of workerProcesses()) Deno.kill(pid, "SIGKILL");
        kills += 1;
      });
      ok(kills > 0, "the worker was killed at least once");
      strictEqual(finished.status, "completed");
      deepStrictEqual(finished.totals, expected.totals);

      const products = (vendorId: string) =>
        sql`select external_id, name, brand, price, nutrition from public.products where vendor_id = ${vendorId} order by external_id`;
      deepStrictEqual([...await products(struck.vendorId)], [...await products(calm.vendorId)]);
      const errors = (id: string) =>
        sql`select row_no, field, code from public.ingestion_job_errors where job_id = ${id} order by row_no, field, code`;
      deepStrictEqual([...await errors(job.job_id)], [...await errors(expected.id)]);
      const [left] = await sql`select count(*)::int as tables from pg_class where relname like ${
        "ingest\\_" + job.job_id.replaceAll("-", "") + "%"
      }`;
      strictEqual(left!.tables, 0);
    } finally {
      await sql.end();
    }
  },
});
