/** Schedules run by the worker, one winner each; files removed through Storage; answers before the work. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { connect, createPerson } from "./people.ts";

const env = Deno.env.toObject();
const sql = connect();
const worker = `${env["SUPABASE_URL"]}/functions/v1/worker`;
const key = env["SUPABASE_SECRET_KEY"] ?? "";
const secret = { apikey: key, Authorization: `Bearer ${key}` };

const wake = (path = "", headers: Record<string, string> = {}) =>
  fetch(`${worker}${path}`, { method: "POST", headers: { ...secret, ...headers } });

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 15_000; !(await holds());) {
    if (performance.now() > end) throw new Error(`waited fifteen seconds until ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const paths = ["upload", "errors.csv"].map((name) => `${crypto.randomUUID()}/${crypto.randomUUID()}/${name}`);
const stored = async () => (await sql`select from storage.objects where name = any (${paths})`).count;

Deno.test("schedules: the worker runs what is due, and removes old files from Storage with their bytes", async () => {
  for (const path of paths) {
    const answer = await fetch(`${env["SUPABASE_URL"]}/storage/v1/object/ingest/${path}`, {
      method: "POST",
      headers: { ...secret, "Content-Type": "text/csv" },
      body: "sku,name\n1,Bread\n",
    });
    strictEqual(answer.status, 200, await answer.text());
  }
  await sql`update storage.objects set created_at = now() - interval '91 days' where name = any (${paths})`;
  strictEqual(await stored(), 2);
  await sql`update app.schedules set next_run_at = now() where name = 'ingest_files'`;
  await until(async () => await stored() === 0, "they are removed");
  await until(
    async () => (await sql`select from app.files_to_remove where path = any (${paths})`).count === 0,
    "nothing is left to remove",
  );
  const left = await fetch(`${env["SUPABASE_URL"]}/storage/v1/object/ingest/${paths[0]}`, { headers: secret });
  await left.body?.cancel();
  ok(left.status === 400 || left.status === 404, `${left.status}`);
});

Deno.test("schedules: each one stands in the documentation", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/operations/schedules.md", import.meta.url));
  const names = (await sql<{ name: string }[]>`select name from app.schedules order by name`).map(({ name }) => name);
  ok(names.length > 15);
  deepStrictEqual(names.filter((name) => !page.includes(`\`${name}\``)), []);
});

Deno.test("schedules: of many callers at once one runs a schedule", async () => {
  await sql`insert into app.schedules (name, cron, call, description, active)
    values ('once', '0 0 29 2 *', '(select 1 from pg_sleep(0.3))', 'test', false)`;
  const callers = Array.from({ length: 4 }, () => connect());
  try {
    await Promise.all(callers.map((own) => own`select 1`));
    await sql`update app.schedules set active = true where name = 'once'`;
    await Promise.all(callers.map((own) => own`select app.run_due_schedules()`));
    deepStrictEqual(
      [...await sql`select count(*)::int as runs, min(status) as status from app.schedule_runs where schedule = 'once'`],
      [{ runs: 1, status: "succeeded" }],
    );
  } finally {
    await Promise.all(callers.map((own) => own.end()));
    await sql`delete from app.schedules where name = 'once'`;
  }
});

Deno.test("schedules: a wake-up that does not wait is answered first, and its work is done", async () => {
  const { vendorId } = await createPerson("sched-ula", { role: "vendor_admin", vendor: "schedules" });
  for (const path of ["", "/webhooks?seconds=1"]) {
    const answer = await wake(path, { Prefer: "respond-async" });
    deepStrictEqual([answer.status, await answer.json()], [202, { accepted: true }]);
    strictEqual(answer.headers.get("preference-applied"), "respond-async");
  }
  const refused = await fetch(worker, { method: "POST", headers: { apikey: "wrong", Prefer: "respond-async" } });
  await refused.body?.cancel();
  strictEqual(refused.status, 401);
  // What is written into the audit log is sealed by itself.
  await sql`select app.write_audit('test.scheduled', 'test', 'x', vendor_id => ${vendorId})`;
  await until(async () =>
    (await sql`select from public.audit_log as a join app.audit_seals as s on s.audit_id = a.id
      where a.action = 'test.scheduled' and a.vendor_id = ${vendorId}`).count === 1, "it is sealed");
});

Deno.test("schedules: the database is let go", () => sql.end());
