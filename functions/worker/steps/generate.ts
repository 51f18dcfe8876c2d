import type pg from "pg";
import { AuthUnavailable, generateChunk } from "../../_shared/synthetic/generate_chunk.ts";
import { generationDeps } from "../../_shared/synthetic/generation_deps.ts";
import type { GenerationRun } from "../../_shared/synthetic/generation_run.ts";
import { logChunk } from "../../_shared/synthetic/log_run.ts";
import { workerDatabase } from "../worker_database.ts";

/** Users a step makes: a few seconds where the Auth service takes 200 ms for one and eight are made at once. */
const chunkUsers = 100;
const leaseSeconds = 60;

/** How long a step waits that failed for a reason that may pass. */
const retryDelays = [2, 5, 15, 45, 120];

interface GenerationStep {
  message_id: number;
  read_count: number;
  run: GenerationRun;
}

/** Makes the next users of a queued run; returns how many steps ran: 0 or 1. */
export async function runGenerationStep(): Promise<number> {
  const sql = workerDatabase();
  const [row] = await sql<{ step: GenerationStep | null }[]>`select app.read_generation_step(${leaseSeconds}) as step`;
  const step = row?.step;
  if (!step) return 0;
  const started = performance.now();
  try {
    const chunk = await generateChunk(step.run, chunkUsers, {
      ...generationDeps(),
      sql,
      alsoCommit: (client, run) => passOn(client, step, run),
    });
    logChunk("worker", step.run, performance.now() - started, chunk);
  } catch (error) {
    logChunk("worker", step.run, performance.now() - started, { error });
    await settle(step, error);
  }
  return 1;
}

/** The next step's message takes the place of this one, with the checkpoint that belongs to it. */
async function passOn(client: pg.Client, { message_id }: GenerationStep, run: GenerationRun): Promise<void> {
  await client.query("select pgmq.delete('generation', $1::bigint)", [message_id]);
  if (run.status !== "completed") {
    await client.query("select pgmq.send('generation', jsonb_build_object('run_id', $1::uuid))", [run.id]);
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
}
