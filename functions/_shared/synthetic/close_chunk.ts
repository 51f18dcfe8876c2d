import pg from "pg";
import { settings } from "../settings.ts";
import { checkIns } from "./check_ins.ts";
import type { Chunk, GenerateDeps } from "./generate_chunk.ts";
import type { GenerationRun } from "./generation_run.ts";
import { createRandom } from "./random.ts";
import { writeCheckIns } from "./write_check_ins.ts";

/** Numbers the stream that says how a user feels. */
const moodStream = 2;

/**
 * Writes the check-ins of a chunk's patients and moves the checkpoint, in one transaction on a connection of its own,
 * since COPY needs a driver that survives its failure.
 */
export async function closeChunk(
  run: GenerationRun,
  to: number,
  { tries, failures }: Chunk,
  alsoCommit: GenerateDeps["alsoCommit"],
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
    // Who is there, whoever made them; the lock keeps others from joining now.
    const { rows: made } = await client.query<{ id: string; run_index: number }>(
      "select id, run_index from public.profiles where run_id = $1 and run_index >= $2 and run_index < $3 order by run_index",
      [run.id, run.next_user, to],
    );
    const there = new Set(made.map(({ run_index }) => run_index));
    const written = await writeCheckIns(client, patientsOf(run, made));
    const { rows: [saved] } = await client.query(
      "select to_jsonb(s) as run from app.save_generation_progress($1, $2, $3, $4::jsonb, $5::jsonb) as s",
      [run.id, to, written, JSON.stringify(tries), JSON.stringify(failures.filter(({ index }) => !there.has(index)))],
    );
    await alsoCommit?.(client, saved.run);
    await client.query("commit");
    return saved.run;
  } finally {
    await client.end().catch(() => {});
  }
}

function* patientsOf({ params }: GenerationRun, made: { id: string; run_index: number }[]) {
  for (const { id, run_index } of made) {
    if (run_index >= params.patients_count) continue;
    const random = createRandom(params.seed, run_index, moodStream);
    yield { id, checkIns: checkIns(params.mood_pattern, params.checkins_per_user, params.start_date, random) };
  }
}
