import { safe } from "../logger.ts";
import { settings } from "../settings.ts";
import type { Deleted } from "./delete_generated.ts";
import type { Chunk } from "./generate_chunk.ts";
import type { GenerationRun } from "./generation_run.ts";

type Service = "api" | "worker";
type Line = Record<string, unknown>;

/** One line for a chunk of a run: how many were made, and what it took. No name, no address. */
export function logChunk(service: Service, run: GenerationRun, ms: number, outcome: Chunk | { error: unknown }): void {
  write(lineOf(service, "generation.chunk", run, ms, describeChunk(outcome)));
}

/** One line for a run whose half made users were removed, or could not be. */
export function logSweep(run: GenerationRun, ms: number, { deleted, failed }: Deleted): void {
  const outcome = { deleted, ...(failed ? { error: "users were left", failed } : {}) };
  write(lineOf("worker", "generation.swept", run, ms, outcome));
}

/** What a line tells of a chunk: numbers and codes alone. */
export function describeChunk(outcome: Chunk | { error: unknown }): Line {
  if ("error" in outcome) return { error: safe(outcome.error) };
  return {
    users: outcome.credentials.length,
    failed: outcome.failures.length,
    ...outcome.tries,
    failure_codes: [...new Set(outcome.failures.map(({ code }) => code))],
  };
}

/** A line as it is written; `run_id` and `super_id` lead from it to the run and back. */
export function lineOf(service: Service, event: string, run: GenerationRun, ms: number, outcome: Line): Line {
  return {
    time: new Date().toISOString(),
    level: "error" in outcome ? "error" : "info",
    service,
    event,
    run_id: run.id,
    super_id: run.super_id,
    from: run.next_user,
    latency_ms: Math.round(ms),
    ...outcome,
  };
}

function write(line: Line): void {
  const { ODYSSEY_LOG_LEVEL: level } = settings();
  if (level === "info" || level === line.level) console.log(JSON.stringify(line));
}
