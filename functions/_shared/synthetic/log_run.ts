import { safe } from "../logger.ts";
import { settings } from "../settings.ts";
import type { Chunk } from "./generate_chunk.ts";
import type { GenerationRun } from "./generation_run.ts";

/** One line for a chunk of a run: how many were made, and how often a duplicate cost a try. No name, no address. */
export function logChunk(service: string, run: GenerationRun, ms: number, outcome: Chunk | { error: unknown }): void {
  if (settings().ODYSSEY_LOG_LEVEL === "silent") return;
  const failed = "error" in outcome;
  if (!failed && settings().ODYSSEY_LOG_LEVEL !== "info") return;
  console.log(JSON.stringify({
    time: new Date().toISOString(),
    level: failed ? "error" : "info",
    service,
    event: "generation.chunk",
    run_id: run.id,
    super_id: run.super_id,
    from: run.next_user,
    latency_ms: Math.round(ms),
    ...(failed ? { error: safe(outcome.error) } : {
      users: outcome.credentials.length,
      failed: outcome.failures.length,
      retries: outcome.retries,
      failure_codes: [...new Set(outcome.failures.map(({ code }) => code))],
    }),
  }));
}
