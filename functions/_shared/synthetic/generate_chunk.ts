import type pg from "pg";
import type { Sql } from "../database.ts";
import { closeChunk } from "./close_chunk.ts";
import {
  type AuthAdmin,
  createPassword,
  createUserWithRetry,
  noTries,
  type Tries,
  UserNotCreated,
} from "./create_user_with_retry.ts";
import type { Credentials, GenerationRun, UserFailure } from "./generation_run.ts";
import { inParallel } from "./in_parallel.ts";
import { createPeople, type Person, type UserRole } from "./person.ts";
import { createRandom } from "./random.ts";
import { removeHalfUsers } from "./remove_half_users.ts";

export interface GenerateDeps {
  sql: Sql;
  auth: AuthAdmin;
  /** Which users of the Auth service are made at once. */
  parallel: number;
  maxTries: number;
  emailDomain: string;
  /** Milliseconds after which no further user is begun; the chunk then ends where it is. */
  budget: number;
  /** Whether an earlier attempt broke off: the users it left half made are removed, so that their addresses are free. */
  resumed?: boolean;
  /** Runs in the transaction that closes the chunk; the worker moves its message here. */
  alsoCommit?: (client: pg.Client, run: GenerationRun) => Promise<void>;
}

export interface Chunk {
  /** The run as it stands now; null when it ended meanwhile or another worker was faster. */
  run: GenerationRun | null;
  credentials: Credentials[];
  failures: UserFailure[];
  tries: Tries;
}

/** The Auth service answered for none of the users; worth another try later. */
export class AuthUnavailable extends Error {
  override name = "AuthUnavailable";
}

/** Numbers the stream that says who a user is; another one says how they feel. */
const personStream = 1;

/**
 * Makes the next users of a run and their check-ins, and moves its checkpoint. Safe to repeat: users that an earlier
 * attempt finished are found by their number, check-ins and checkpoint commit together.
 */
export async function generateChunk(run: GenerationRun, size: number, deps: GenerateDeps): Promise<Chunk> {
  const { sql, parallel } = deps;
  const until = performance.now() + deps.budget;
  const from = run.next_user;
  let to = Math.min(run.users_total, from + size);
  await sql`
    update public.generation_runs set status = 'running', started_at = coalesce(started_at, now())
    where id = ${run.id} and status = 'queued'`;
  if (deps.resumed) await removeHalfUsers(run.id, deps);
  const made = await madeUsers(sql, run, from, to);
  const missing = Array.from({ length: to - from }, (_, at) => from + at).filter((index) => !made.has(index));
  const person = await createPeople(run.params.locale);
  const chunk: Chunk = { run: null, credentials: [], failures: [], tries: noTries() };

  await inParallel(missing, parallel, async (index) => {
    if (performance.now() > until) return void (to = Math.min(to, index));
    const role = roleOf(run, index);
    const year = Number(run.params.start_date.slice(0, 4));
    const who = person(createRandom(run.params.seed, index, personStream), role, year);
    try {
      const { id, email, password, tries } = await createOne(run, index, role, who, deps);
      add(chunk.tries, tries);
      chunk.credentials.push({ user_id: id, role, email, password });
    } catch (error) {
      if (!(error instanceof UserNotCreated)) throw error;
      add(chunk.tries, error.tries);
      chunk.failures.push({ index, role, code: error.code, detail: "The user was not made." });
    }
  });
  const isDown = chunk.failures.length > 0 && chunk.failures.every(({ code }) => code === "unreachable");
  if (isDown && made.size + chunk.credentials.length === 0) {
    throw new AuthUnavailable("Supabase Auth cannot be reached");
  }
  if (to === run.users_total) await removeHalfUsers(run.id, deps);
  chunk.failures.sort((a, b) => a.index - b.index);
  chunk.run = await closeChunk(run, to, chunk, deps.alsoCommit);
  return chunk;
}

function roleOf({ params }: GenerationRun, index: number): UserRole {
  return index < params.patients_count ? "patient" : "therapist";
}

function add(sum: Tries, { retries, duplicates, compensations }: Tries): void {
  sum.retries += retries;
  sum.duplicates += duplicates;
  sum.compensations += compensations;
}

async function madeUsers(sql: Sql, run: GenerationRun, from: number, to: number): Promise<Set<number>> {
  const rows = await sql<{ run_index: number }[]>`
    select run_index from public.profiles
    where run_id = ${run.id} and run_index >= ${from} and run_index < ${to}`;
  return new Set(rows.map(({ run_index }) => run_index));
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
    // Holds the run where it is until the profile stands: nobody joins a chunk that is closed or a run that has ended.
    insertProfile: async (id, email) => {
      const { count } = await sql`
        insert into public.profiles (
          id, email, role, full_name, birth_date, locale, is_test_patient, run_id, run_index
        )
        select
          ${id}, ${email}, ${role}, ${who.full_name}, ${who.birth_date}, ${run.params.locale}, true, r.id, ${index}
        from public.generation_runs as r
        where r.id = ${run.id} and r.next_user = ${run.next_user} and r.status in ('queued', 'running')
        for share`;
      if (count === 0) throw Object.assign(new Error("the run has moved on"), { code: "run_moved_on" });
    },
  });
}
