/** The generator against a Supabase Auth that fails at each of its calls: what is made, what is told, what is left. */
import { deepStrictEqual, match, rejects, strictEqual } from "node:assert";
import { AuthUnavailable, generateChunk, type GenerateDeps } from "../../functions/_shared/synthetic/generate_chunk.ts";
import type { GenerationRun } from "../../functions/_shared/synthetic/generation_run.ts";
import { createPeople } from "../../functions/_shared/synthetic/person.ts";
import { createRandom } from "../../functions/_shared/synthetic/random.ts";
import { type Fault, type FaultyAuth, startFaultyAuth } from "./faulty_auth.ts";
import { apiClient, connect, createPerson } from "../end_to_end/people.ts";

const sql = connect();
const emailDomain = "faults.example.com";
const checkIns = 3;

/** A run that this test works off, in the place of the request or the worker. */
async function createRun(patients: number, therapists = 0): Promise<GenerationRun> {
  const params = {
    patients_count: patients,
    therapists_count: therapists,
    checkins_per_user: checkIns,
    mood_pattern: "stable",
    seed: crypto.getRandomValues(new Uint32Array(1))[0]!,
    start_date: "2026-01-01",
    locale: "sv",
  };
  const [row] = await sql.begin((tx) => [
    tx`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`,
    tx`select public.create_generation_run(${JSON.stringify(params)}::text::jsonb) as run`,
  ]).then(([, made]) => made!);
  return await reload(row!.run.id);
}

async function reload(id: string): Promise<GenerationRun> {
  const [row] = await sql`select to_jsonb(r) as run from public.generation_runs as r where r.id = ${id}`;
  return row!.run;
}

function depsOf({ auth }: FaultyAuth, others: Partial<GenerateDeps> = {}): GenerateDeps {
  return {
    sql: sql as unknown as GenerateDeps["sql"],
    auth,
    parallel: 1,
    maxTries: 3,
    emailDomain,
    budget: 60_000,
    ...others,
  };
}

const halfUsers = async (run: GenerationRun) => (await sql`select id from app.half_users(${run.id}, 1000)`).length;

async function totalsOf(run: GenerationRun) {
  const [row] = await sql`select app.get_generation_run(${run.id}) as run from (
    select set_config('request.jwt.claims', '{"role": "service_role"}', true)) as claimed`;
  return row!.run;
}

/** Every patient has all check-ins, nobody stands twice, and no profile lacks its user. */
async function assertWhole(run: GenerationRun, indexes: number[]): Promise<void> {
  const rows = await sql`
    select p.run_index, count(c.id)::int as check_ins
    from public.profiles as p
    join auth.users as u on u.id = p.id and u.email = p.email
    left join public.check_ins as c on c.patient_id = p.id
    where p.run_id = ${run.id} group by p.id order by p.run_index`;
  deepStrictEqual(
    rows.map(({ run_index, check_ins }) => [run_index, check_ins]),
    indexes.map((index) => [index, index < run.params.patients_count ? checkIns : 0]),
  );
}

/** The worker's look at an ended run, at once instead of in some minutes. */
async function sweepNow(run: GenerationRun): Promise<void> {
  await sql`
    select pgmq.set_vt('generation', q.msg_id, 0) from pgmq.q_generation as q where q.message ->> 'run_id' = ${run.id}`;
  const waits = () => sql`select from pgmq.q_generation where message ->> 'run_id' = ${run.id}`;
  for (const giveUpAt = Date.now() + 30_000; (await waits()).length > 0 && Date.now() < giveUpAt;) {
    await new Promise((done) => setTimeout(done, 50));
  }
  strictEqual((await waits()).length, 0, "the worker has put the message away");
}

/** Faults for the calls of one method, in order; none afterwards. */
function script(faults: Record<string, (Fault | undefined)[]>) {
  return (method: string) => faults[method]?.shift();
}

Deno.test("synthetic: Auth failing at each call costs its user alone, is told by code, and leaves nobody half made", async () => {
  const run = await createRun(12, 1);
  const taken = { status: 422, code: "email_exists" };
  const exists = { status: 422, code: "user_already_exists" };
  const faulty = await startFaultyAuth(script({
    POST: [
      undefined,
      ...[taken, undefined],
      ...[exists, exists, exists],
      { status: 500, code: "unexpected_failure" },
      { status: 429, code: "over_request_rate_limit" },
      { status: 401 },
      "dropped",
      "lost",
      "lost",
      "late",
      ...["twice" as const, undefined],
    ],
    // The client reads a user before it deletes them: five that were never made, then those whose answer was lost. The
    // second of these cannot be deleted, neither at once nor when the run ends.
    GET: [...Array(11), { status: 503 }],
    DELETE: [undefined, { status: 500 }],
  }));
  // The last patient's address stands on somebody real's profile: Auth makes the user, the profile is a duplicate.
  const person = await createPeople("sv");
  const { mailbox } = person(createRandom(run.params.seed, 11, 1), "patient", 2026);
  const [real] = await sql`
    insert into auth.users (id, aud, role, email) values (gen_random_uuid(), 'authenticated', 'authenticated',
      ${`real-${run.id}@example.com`}) returning id`;
  await sql`
    insert into public.profiles (id, email, role) values (${real!.id}, ${`${mailbox}@${emailDomain}`}, 'patient')`;
  try {
    const chunk = await generateChunk(run, 13, depsOf(faulty));
    deepStrictEqual(chunk.failures.map(({ index, code }) => `${index} ${code}`), [
      "2 user_already_exists",
      "3 unreachable",
      "4 over_request_rate_limit",
      "5 http_401",
      ...[6, 7, 8, 9].map((index) => `${index} unreachable`),
    ]);
    strictEqual(chunk.run!.status, "completed");
    deepStrictEqual(chunk.tries, { retries: 5, duplicates: 6, compensations: 3 });
    deepStrictEqual((await totalsOf(run)).totals, {
      patients: 4,
      therapists: 1,
      check_ins: 12,
      failed: 8,
      retries: 5,
      duplicates: 6,
      compensations: 3,
    });
    await assertWhole(run, [0, 1, 10, 11, 12]);
    strictEqual(faulty.calls.filter((method) => method === "POST").length, 13 + 5, "no try but after a duplicate");

    // Whom Auth did not let go is there yet; the call that hung is done only now. The worker finds both.
    strictEqual(await halfUsers(run), 1);
    await faulty.release();
    strictEqual(await halfUsers(run), 2);
    await sweepNow(run);
    strictEqual(await halfUsers(run), 0);
    await assertWhole(run, [0, 1, 10, 11, 12]);
    strictEqual((await sql`select from public.profiles where id = ${real!.id}`).length, 1);
  } finally {
    await faulty.stop();
    await sql`delete from auth.users where id = ${real!.id}`;
  }
});

Deno.test("synthetic: where Auth answers nobody the chunk is tried again, and ends as if nothing had been", async () => {
  const run = await createRun(3, 1);
  let isAway = true;
  const faulty = await startFaultyAuth((method) => isAway ? (method === "POST" ? "lost" : "dropped") : undefined);
  try {
    await rejects(generateChunk(run, 4, depsOf(faulty)), AuthUnavailable);
    deepStrictEqual([await halfUsers(run), (await reload(run.id)).status], [4, "running"]);
    isAway = false;
    const { run: ended, tries, credentials } = await generateChunk(
      await reload(run.id),
      4,
      depsOf(faulty, { resumed: true }),
    );
    deepStrictEqual([ended!.status, tries.retries, await halfUsers(run)], ["completed", 0, 0]);
    // Names, number, domain: the addresses of the seed, not others because the first were taken.
    for (const { email } of credentials) match(email, /^[^.@]+\.[^.@]+\.[^.@]+@faults\.example\.com$/);
    await assertWhole(run, [0, 1, 2, 3]);
  } finally {
    await faulty.stop();
  }
});

Deno.test("synthetic: what a killed request left is finished by the worker", async () => {
  const run = await createRun(4, 1);
  // Neither made nor removed, and no more than begun: so a request leaves it that is killed halfway.
  const faulty = await startFaultyAuth((method) => method === "POST" ? "lost" : "dropped");
  await rejects(generateChunk(run, 5, depsOf(faulty)), AuthUnavailable).finally(() => faulty.stop());
  strictEqual(await halfUsers(run), 5);
  await sql`
    select pgmq.set_vt('generation', q.msg_id, 0) from pgmq.q_generation as q where q.message ->> 'run_id' = ${run.id}`;
  let status;
  for (const giveUpAt = Date.now() + 30_000; status !== "completed" && Date.now() < giveUpAt;) {
    ({ status } = await reload(run.id));
    await new Promise((done) => setTimeout(done, 50));
  }
  strictEqual(status, "completed");
  await assertWhole(run, [0, 1, 2, 3, 4]);
  deepStrictEqual([await halfUsers(run), (await totalsOf(run)).totals.retries], [0, 0]);
  await sql`delete from auth.users as u using public.profiles as p where p.id = u.id and p.run_id = ${run.id}`;
});

Deno.test("synthetic: two workers at the same chunk make it once", async () => {
  const run = await createRun(20, 2);
  const faulty = await startFaultyAuth(() => undefined);
  try {
    const chunks = await Promise.all([1, 2].map(() => generateChunk(run, 22, depsOf(faulty, { parallel: 4 }))));
    deepStrictEqual(chunks.map(({ run }) => run?.status).sort(), ["completed", undefined]);
    deepStrictEqual((await totalsOf(run)).failures, []);
    await assertWhole(run, Array.from({ length: 22 }, (_, index) => index));
    await sweepNow(run);
    strictEqual(await halfUsers(run), 0);
  } finally {
    await faulty.stop();
  }
});

Deno.test("synthetic: a chunk whose time is over ends where it is, and the next one goes on there", async () => {
  const run = await createRun(6);
  let calls = 0;
  const faulty = await startFaultyAuth(() => void calls++);
  try {
    const none = await generateChunk(run, 6, depsOf(faulty, { budget: -1 }));
    deepStrictEqual([none.run!.next_user, none.run!.status, calls], [0, "running", 0]);
    const some = await generateChunk(none.run!, 4, depsOf(faulty));
    deepStrictEqual([some.run!.next_user, some.run!.status], [4, "running"]);
    strictEqual((await generateChunk(some.run!, 100, depsOf(faulty))).run!.status, "completed");
    await assertWhole(run, [0, 1, 2, 3, 4, 5]);
  } finally {
    await faulty.stop();
  }
});

Deno.test("synthetic: a deletion ends the run that is under way, and nobody comes after it", async () => {
  const api = await apiClient();
  const root = await createPerson("faults-root", { role: "superadmin" });
  const run = await createRun(5);
  let calls = 0;
  const faulty = await startFaultyAuth(async (method) => {
    if (method !== "POST" || ++calls !== 4) return;
    const query = { run_id: run.id };
    const { body } = await api.ask("DELETE", "/admin/generated-data", { token: root.token, query });
    deepStrictEqual(body, { deleted: 3, failed: 0, more: false });
  });
  try {
    const chunk = await generateChunk(run, 5, depsOf(faulty));
    deepStrictEqual(chunk.run, null);
    const { status, error, totals } = await totalsOf(run);
    deepStrictEqual([status, error.code, totals.patients, await halfUsers(run)], ["failed", "deleted", 0, 0]);
  } finally {
    await faulty.stop();
  }
});

Deno.test("synthetic: the runs of these tests are removed", async () => {
  const left = await sql`select u.id from auth.users as u where u.email like ${"%@" + emailDomain}`;
  await sql`delete from auth.users where id = any(${left.map(({ id }) => id)})`;
  await sql.end();
});
