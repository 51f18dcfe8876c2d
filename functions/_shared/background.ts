/** Work that goes on behind an answer: the platform ends an idle function unless it is told. Failures are the work's own. */
export function background(work: Promise<unknown>): void {
  const runtime = (globalThis as { EdgeRuntime?: { waitUntil(work: Promise<unknown>): void } }).EdgeRuntime;
  const quiet = work.catch(() => {});
  runtime?.waitUntil(quiet);
}
