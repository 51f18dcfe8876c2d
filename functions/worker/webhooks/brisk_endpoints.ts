import type { AttemptResult } from "./deliver.ts";

/** How long an answer of an endpoint may take for which deliveries are claimed ahead. */
const briskMs = 1000;

/**
 * Endpoints that answered all of these attempts well and at once: what is claimed ahead for them leaves soon. What is held
 * for a slow one would take the room of its vendor's others.
 */
export function briskEndpoints(
  results: readonly Pick<AttemptResult, "endpoint_id" | "error" | "duration_ms">[],
): string[] {
  const brisk = new Map<string, boolean>();
  for (const { endpoint_id, error, duration_ms } of results) {
    brisk.set(endpoint_id, (brisk.get(endpoint_id) ?? true) && error === null && duration_ms < briskMs);
  }
  return [...brisk].filter(([, isBrisk]) => isBrisk).map(([id]) => id);
}
