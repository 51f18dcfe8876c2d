import pg from "pg";
import type { Sql } from "../database.ts";
import { settings } from "../settings.ts";
import { type AuthAdmin, createPassword, createUserWithRetry, UserNotCreated } from "./create_user_with_retry.ts";
import { checkIns } from "./check_ins.ts";
import type { Credentials, GenerationRun, UserFailure } from "./generation_run.ts";
import { inParallel } from "./in_parallel.ts";
import { createPeople, type Person, type UserRole } from "./person.ts";
import { createRandom } from "./random.ts";
import { writeCheckIns } from "./write_check_ins.ts";

export interface GenerateDeps {
  sql: Sql;
  auth: AuthAdmin;
  /** Which users of the Auth service are made at once. */
  parallel: number;
  maxTries: number;
  emailDomain: string;
  /** Runs in the transaction that closes the chunk; the worker moves its message here. */
  alsoCommit?: (client: pg.Client, run: GenerationRun) => Promise<void>;
}

export interface Chunk {
  run: GenerationRun | null;
  credentials: Credentials[];
  failures: UserFailure[];
  retries: number;
}

/** The Auth service answered for none of the users; worth another try later. */
export class AuthUnavailable extends Error {
  override name = "AuthUnavailable";
}

/** Numbers the streams of one user: who they are, and how they feel. */
const [personStream, moodStream] = [1, 2];

/**
 * Makes the next users of a run and their check-ins, and moves its checkpoint. Safe to repeat: users that an earlier
 * attempt finished are found by their number, check-ins and checkpoint commit together.
 */
export async function generateChunk(run: GenerationRun, size: number, deps: GenerateDeps): Promise<Chunk> {
  const { sql, parallel } = deps;
  const from = run.next_user;
  const to = Math.min(run.users_total, from + size);
  await sql`
    update public.generation_runs set status = 'running', started_at = coalesce(started_at, now())
    where id = ${run.id} and status = 'queued'`;
  const made = await madeUsers(sql, run, from, to);
  const missing = Array.from({ length: to - from }, (_, at) => from + at).filter((index) => !made.has(index));
  const person = await createPeople(run.params.locale);
  const chunk: Chunk = { run: null, credentials: [], failures: [], retries: 0 };

  await inParallel(missing, parallel, async (index) => {
    const role = roleOf(run, index);
    const year = Number(run.params.start_date.slice(0, 4));
    const who = person(createRandom(run.params.seed, index, personStream), role, year);
    try {
      const { id, email, password, retries } = await createOne(run, index, role, who, deps);
      made.set(index, id);
      chunk.retries += retries;
      chunk.credentials.push({ user_id: id, role, email, password });
    } catch (error) {
      if (!(error instanceof UserNotCreated)) throw error;
      chunk.retries += error.retries;
      chunk.failures.push({ index, role, code: error.code, detail: "The user was not made." });
    }
  });
  if (made.size === 0 && chunk.failures.length > 0 && chunk.failures.every(({ code }) => code === "unreachable")) {
    throw new AuthUnavailable("Supabase Auth cannot be reached");
  }
  if (to === run.users_total) await removeHalfUsers(run.id, deps);
  chunk.failures.sort((a, b) => a.index - b.index);
  chunk.run = await closeChunk(run, to, made, chunk, deps);
  return chunk;
}

function roleOf({ params }: GenerationRun, index: number): UserRole {
  return index < params.patients_count ? "patient" : "therapist";
}

async function madeUsers(sql: Sql, run: GenerationRun, from: number, to: number): Promise<Map<number, string>> {
  const rows = await sql<{ id: string; run_index: number }[]>`
    select id, run_index from public.profiles
    where run_id = ${run.id} and run_index >= ${from} and run_index < ${to}`;
  return new Map(rows.map(({ id, run_index }) => [run_index, id]));
}

async function createOne(run: GenerationRun, index: number, role: UserRole, who: Person, deps: GenerateDeps) {
  const { sql, auth, maxTries, emailDomain } = deps;
  return await createUserWithRetry({
    role,
    // The first address follows from the seed; when it is taken the others must not be.
    email: (attempt) => `${who.mailbox}${attempt ? `.${crypto.randomUUID().slice(0, 8)}` : ""}@${emailDomain}`,
    password: createPassword,
    appMetadata: { is_test_patient: true, generation_run_id: run.id },
  }, {
    auth,
    maxTries,
    insertProfile: async (id, email) =>
      void await sql`
        insert into public.profiles (
          id, email, role, full_name, birth_date, locale, is_test_patient, run_id, run_index
        ) values (
          ${id}, ${email}, ${role}, ${who.full_name}, ${who.birth_date}, ${run.params.locale}, true, ${run.id}, ${index}
        )`,
  });
}

/** Removes users of this run that an earlier attempt, killed in between, left without a profile. */
async function removeHalfUsers(runId: string, { sql, auth }: GenerateDeps): Promise<void> {
  for (const { id } of await sql<{ id: string }[]>`select id from app.half_users(${runId}, 1000)`) {
    await auth.deleteUser(id).catch(() => {});
  }
}

/** One transaction on a connection of its own, since COPY needs a driver that survives its failure. */
async function closeChunk(
  run: GenerationRun,
  to: number,
  made: Map<number, string>,
  { retries, failures }: Chunk,
  { alsoCommit }: GenerateDeps,
): Promise<GenerationRun | null> {
  const client = new pg.Client({
    connectionString: settings().SUPABASE_DB_URL,
    application_name: "odyssey-synthetic",
    connectionTimeoutMillis: settings().ODYSSEY_DB_CONNECT_TIMEOUT_SECONDS * 1000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    const { rows: [locked] } = await client.query(
      "select r.next_user from public.generation_runs as r where r.id = $1 and r.status in ('queued', 'running') for update",
      [run.id],
    );
    // Another worker was faster, or the run was ended: what belongs to the chunk is written already, or not wanted.
    if (locked?.next_user !== run.next_user) {
      await client.query("rollback");
      return null;
    }
    const written = await writeCheckIns(client, patientsOf(run, made));
    const { rows: [saved] } = await client.query(
      "select to_jsonb(s) as run from app.save_generation_progress($1, $2, $3, $4, $5::jsonb) as s",
      [run.id, to, written, retries, JSON.stringify(failures)],
    );
    await alsoCommit?.(client, saved.run);
    await client.query("commit");
    return saved.run;
  } finally {
    await client.end().catch(() => {});
  }
}

function* patientsOf({ params }: GenerationRun, made: Map<number, string>) {
  for (const [index, id] of [...made].sort(([a], [b]) => a - b)) {
    if (index >= params.patients_count) continue;
    const random = createRandom(params.seed, index, moodStream);
    yield { id, checkIns: checkIns(params.mood_pattern, params.checkins_per_user, params.start_date, random) };
  }
}
