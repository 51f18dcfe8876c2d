/** How a group of tests ended. */
export type Tally = { passed: number; failed: number; skipped: number };

/** A tally of nothing yet. */
export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0 };
}
