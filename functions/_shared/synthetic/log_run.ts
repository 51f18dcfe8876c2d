import { safe } from "../logger.ts";
import { settings } from "../settings.ts";
import type { Deleted } from "./delete_generated.ts";
import type { Chunk } from "./generate_chunk.ts";
import type { GenerationRun } from "./generation_run.ts";

type Service = "api" | "worker";

/** One line for a chunk of a run: how many were made, and what it took. No name, no address. */
export function logChunk(service: Service, run: GenerationRun, ms: number, outcome: Chunk | { error: unknown }): void {
  log(
    service,
    "generation.chunk",
    run,
    ms,
    "error" in outcome ? { error: safe(outcome.error) } : {
      users: outcome.credentials.length,
      failed: outcome.failures.length,
      ...outcome.tries,
      failure_codes: [...new Set(outcome.failures.map(({ code }) => code))],
    },
  );
}

/** One line for a run whose half made users were removed, or could not be. */
export function logSweep(run: GenerationRun, ms: number, { deleted, failed }: Deleted): void {
  log("worker", "generation.swept", run, ms, { deleted, ...(failed ? { error: "users were left", failed } : {}) });
}

function log(service: Service, event: string, run: GenerationRun, ms: number, outcome: Record<string, unknown>): void {
  if (settings().ODYSSEY_LOG_LEVEL === "silent") return;
  const failed = "error" in outcome;
  if (!failed && settings().ODYSSEY_LOG_LEVEL !== "info") return;
  console.log(JSON.stringify({
    time: new Date().toISOString(),
    level: failed ? "error" : "info",
    service,
    event,
    run_id: run.id,
    super_id: run.super_id,
    from: run.next_user,
    latency_ms: Math.round(ms),
    ...outcome,
  }));
}
