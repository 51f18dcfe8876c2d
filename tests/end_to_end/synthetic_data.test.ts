import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, connect, createPerson } from "./people.ts";

const api = await apiClient();
const root = await createPerson("root", { role: "superadmin" });
const ada = await createPerson("ada", { role: "vendor_admin", vendor: "acme" });
const sql = connect();

// deno-lint-ignore no-explicit-any
type Json = any;

const small = { patients_count: 5, therapists_count: 2, checkins_per_user: 30, mood_pattern: "stable" };
const generate = (body: Json = {}, headers: Record<string, string> = {}, token = root.token) =>
  api.ask("POST", "/admin/generate-data", { token, headers, body: { ...small, ...body } });
const remove = (runId: string) =>
  api.ask("DELETE", "/admin/generated-data", { token: root.token, query: { run_id: runId } });

Deno.test("synthetic: 5 patients, 2 therapists and 30 check-ins are 150 check-ins, none of therapists", async () => {
  const { status, body: run, headers } = await generate();
  strictEqual(status, 201);
  deepStrictEqual([run.status, run.failures, run.progress_pct], ["completed", [], 100]);
  deepStrictEqual(run.totals, {
    patients: 5,
    therapists: 2,
    check_ins: 150,
    failed: 0,
    retries: 0,
    duplicates: 0,
    compensations: 0,
  });
  strictEqual(headers.get("x-super-id"), run.super_id);
  ok(!("credentials" in run), "no password is told unasked");

  const people = await sql`
    select p.role, p.is_test_patient, u.email = p.email as same, u.raw_app_meta_data ->> 'generation_run_id' as run,
      (select count(*)::int from public.check_ins as c where c.patient_id = p.id) as check_ins,
      (select count(*)::int from public.therapist_assignments as a where a.patient_id = p.id) as therapists
    from public.profiles as p join auth.users as u using (id) where p.run_id = ${run.id} order by p.run_index`;
  deepStrictEqual(
    [...people],
    ["patient", "patient", "patient", "patient", "patient", "therapist", "therapist"].map((role) => ({
      role,
      is_test_patient: true,
      same: true,
      run: run.id,
      check_ins: role === "patient" ? 30 : 0,
      therapists: role === "patient" ? 1 : 0,
    })),
  );
  const workflow = await api.ask("GET", `/v1/workflows/${run.super_id}`, { token: root.token });
  deepStrictEqual(workflow.body.timeline.map(({ event }: Json) => event), [
    "super_id.minted",
    "generation.created",
    "generation.started",
    "generation.completed",
  ]);
  deepStrictEqual((await remove(run.id)).body, { deleted: 7, failed: 0, more: false });
});

Deno.test("synthetic: the same seed gives the same people and check-ins, another seed others", async () => {
  const contents = async (seed: number) => {
    const { body: run } = await generate({ seed, start_date: "2026-01-01", mood_pattern: "volatile", locale: "de" });
    const rows = await sql`
      select p.run_index, p.email, p.full_name, p.birth_date::text, c.checked_in_at, c.mood, c.energy, c.anxiety,
        c.sleep_hours
      from public.profiles as p left join public.check_ins as c on c.patient_id = p.id
      where p.run_id = ${run.id} order by p.run_index, c.checked_in_at`;
    await remove(run.id);
    return [...rows];
  };
  const first = await contents(7);
  strictEqual(first.length, 152);
  deepStrictEqual(await contents(7), first);
  notStrictEqual(JSON.stringify(await contents(8)), JSON.stringify(first));
});

Deno.test("synthetic: an address that is taken costs a try, and is told", async () => {
  const first = await generate({ seed: 11 });
  const second = await generate({ seed: 11 });
  strictEqual(second.body.totals.retries, 7);
  deepStrictEqual([second.body.totals.patients, second.body.failures], [5, []]);
  for (const { body } of [first, second]) strictEqual((await remove(body.id)).body.deleted, 7);
});

Deno.test("synthetic: passwords are told once, and kept nowhere", async () => {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const { body: run } = await generate({ return_credentials: true }, headers);
  strictEqual(run.credentials.length, 7);
  for (const { password } of run.credentials) match(password, /^[A-Za-z0-9_-]{20}$/);
  const again = await generate({ return_credentials: true }, headers);
  deepStrictEqual([again.status, again.body.id, again.headers.get("idempotent-replayed")], [201, run.id, "true"]);
  ok(!("credentials" in again.body));
  const passwords: string[] = run.credentials.map(({ password }: Json) => password);
  const [kept] = await sql`
    with texts (text) as (
      select k::text from public.idempotency_keys as k
      union all select r::text from public.generation_runs as r
      union all select a::text from public.audit_log as a
      union all select u::text from auth.users as u
    )
    select count(*)::int as n from texts as t, unnest(${passwords}::text[]) as p where strpos(t.text, p) > 0`;
  strictEqual(kept!.n, 0);
  await remove(run.id);
});

Deno.test("synthetic: only superadmins, only sound numbers", async () => {
  strictEqual((await generate({}, {}, ada.token)).status, 403);
  const wrong: [Json, string][] = [
    [{ patients_count: -1 }, "/patients_count"],
    [{ patients_count: 10_001 }, "/patients_count"],
    [{ mood_pattern: "happy" }, "/mood_pattern"],
    [{ seed: 1.5 }, "/seed"],
    [{ start_date: "2026-02-30" }, "/start_date"],
    [{ start_date: "9999-12-31" }, "/start_date"],
    [{ start_date: "0001-01-01" }, "/start_date"],
    [{ locale: "xx" }, "/locale"],
    [{ patients_count: 300, return_credentials: true }, "/return_credentials"],
    [{ patients_count: 10_000, checkins_per_user: 1000 }, "/checkins_per_user"],
    [{ patients_count: 0, therapists_count: 0 }, "/patients_count"],
  ];
  for (const [body, pointer] of wrong) {
    const refused = await generate(body);
    deepStrictEqual([refused.status, refused.body.errors[0].pointer], [400, pointer]);
  }
});

Deno.test("synthetic: more than 200 users are made by the worker, with progress", async () => {
  const { status, body: queued, headers } = await generate({
    patients_count: 200,
    therapists_count: 3,
    checkins_per_user: 4,
  });
  deepStrictEqual([status, queued.status, headers.get("x-super-id")], [202, "queued", queued.super_id]);
  let run: Json;
  const seen = new Set<number>();
  for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt && run?.status !== "completed";) {
    run = (await api.ask("GET", `/admin/generated-data/${queued.id}`, { token: root.token })).body;
    seen.add(run.progress_pct);
    await new Promise((done) => setTimeout(done, 100));
  }
  deepStrictEqual(run.totals, {
    patients: 200,
    therapists: 3,
    check_ins: 800,
    failed: 0,
    retries: 0,
    duplicates: 0,
    compensations: 0,
  });
  const [spread] = await sql`
    select min(n)::int as least, max(n)::int as most from (
      select count(*) as n from public.therapist_assignments as a
      join public.profiles as p on p.id = a.therapist_id and p.run_id = ${queued.id} group by a.therapist_id
    ) as of_each`;
  deepStrictEqual(spread, { least: 66, most: 67 });
  strictEqual((await remove(queued.id)).body.deleted, 203);
});

Deno.test("synthetic: a user left half made by a killed process is removed, real people never", async () => {
  const { body: run } = await generate();
  const [half] = await sql`
    insert into auth.users (id, aud, role, email, raw_app_meta_data)
    values (gen_random_uuid(), 'authenticated', 'authenticated', ${`half-${run.id}@example.com`},
      ${sql.json({ generation_run_id: run.id })}) returning id`;
  const [real] = await sql`
    insert into auth.users (id, aud, role, email, raw_app_meta_data)
    values (gen_random_uuid(), 'authenticated', 'authenticated', ${`real-${run.id}@example.com`}, '{}') returning id`;
  await sql`insert into public.profiles (id, email, role) values (${
    real!.id
  }, ${`real-${run.id}@example.com`}, 'patient')`;
  strictEqual((await api.ask("DELETE", "/admin/generated-data", { token: root.token })).body.failed, 0);
  const left = await sql`select id from auth.users where id in (${half!.id}, ${real!.id})`;
  deepStrictEqual([...left], [{ id: real!.id }]);
  strictEqual((await sql`select from public.profiles where run_id = ${run.id}`).length, 0);
  strictEqual((await remove(crypto.randomUUID())).body.deleted, 0);
  await sql`delete from auth.users where id = ${real!.id}`;
});

Deno.test("synthetic: the connection is given back", () => sql.end());
