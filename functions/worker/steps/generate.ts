import { AuthUnavailable, generateChunk } from "../../_shared/synthetic/generate_chunk.ts";
import { generationDeps } from "../../_shared/synthetic/generation_deps.ts";
import type { GenerationRun } from "../../_shared/synthetic/generation_run.ts";
import { logChunk, logSweep } from "../../_shared/synthetic/log_run.ts";
import { removeHalfUsers } from "../../_shared/synthetic/remove_half_users.ts";
import { holdingLease, leaseSeconds } from "../lease.ts";
import { workerDatabase } from "../worker_database.ts";

/** Users a step makes: a few seconds where the Auth service takes 200 ms for one and eight are made at once. */
const chunkUsers = 100;

/** How long a step waits that failed for a reason that may pass. */
const retryDelays = [2, 5, 15, 45, 120];

/** When a run that has ended is looked at for users left half made; the first time allows for calls still under way. */
const sweepDelays = [60, 300, 1800, 7200, 43_200, 86_400];

interface GenerationStep {
  message_id: number;
  read_count: number;
  run: GenerationRun;
}

/** Makes the next users of a run, or looks after one that has ended; returns how many steps ran: 0 or 1. */
export async function runGenerationStep(): Promise<number> {
  const sql = workerDatabase();
  const [row] = await sql<{ step: GenerationStep | null }[]>`select app.read_generation_step(${leaseSeconds}) as step`;
  const step = row?.step;
  if (!step) return 0;
  const hasEnded = step.run.status === "completed" || step.run.status === "failed";
  await holdingLease("generation", step.message_id, () => hasEnded ? sweep(step) : generate(step));
  return 1;
}

async function generate(step: GenerationStep): Promise<void> {
  const started = performance.now();
  try {
    const chunk = await generateChunk(step.run, chunkUsers, {
      ...generationDeps(),
      sql: workerDatabase(),
      // A message that was read before, or of a run that a request began and did not end.
      resumed: step.read_count > 1 || (step.run.status === "running" && step.run.next_user === 0),
      // The next step's message takes the place of this one, with the checkpoint that belongs to it.
      alsoCommit: async (client, run) => {
        const delay = run.status === "completed" ? sweepDelays[0] : 0;
        await client.query("select app.requeue_generation_run($1, $2, $3)", [step.message_id, run.id, delay]);
      },
    });
    logChunk("worker", step.run, performance.now() - started, chunk);
  } catch (error) {
    logChunk("worker", step.run, performance.now() - started, { error });
    await settle(step, error);
  }
}

async function settle({ message_id, read_count, run }: GenerationStep, error: unknown): Promise<void> {
  const sql = workerDatabase();
  const delay = retryDelays[read_count - 1];
  if (delay !== undefined) {
    await sql`select from pgmq.set_vt('generation', ${message_id}::bigint, ${delay}::int)`;
    return;
  }
  const fault = error instanceof AuthUnavailable
    ? { code: "auth_unavailable", detail: "Supabase Auth could not be reached for several minutes." }
    : { code: "internal", detail: `The step failed ${read_count} times; report the super_id.` };
  await sql`select app.fail_generation_run(${run.id}, ${JSON.stringify(fault)}::text::jsonb)`;
  await sql`select app.requeue_generation_run(${message_id}::bigint, ${run.id}, ${sweepDelays[0]!})`;
}

/** Removes users left half made; those that Auth does not let go are tried again, for two days. */
async function sweep({ message_id, read_count, run }: GenerationStep): Promise<void> {
  const sql = workerDatabase();
  const started = performance.now();
  const swept = await removeHalfUsers(run.id, { ...generationDeps(), sql });
  if (swept.deleted + swept.failed > 0) logSweep(run, performance.now() - started, swept);
  const delay = swept.failed > 0 ? sweepDelays[read_count] : swept.more ? 0 : undefined;
  await (delay === undefined
    ? sql`select pgmq.delete('generation', ${message_id}::bigint)`
    : sql`select from pgmq.set_vt('generation', ${message_id}::bigint, ${delay}::int)`);
}
