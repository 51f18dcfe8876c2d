/** One kind of work done again and again until the end, with what it took and what failed. */
export type Work = { name: string; clients: number; pauseMs: number; run(index: number): Promise<void> };

export type Outcome = { name: string; times: number[]; failures: string[] };

/** Does all kinds of work side by side for so long. A failure is counted and the work goes on. */
export async function runLoad(works: Work[], seconds: number): Promise<Outcome[]> {
  const end = performance.now() + seconds * 1000;
  return await Promise.all(works.map(async ({ name, clients, pauseMs, run }) => {
    const outcome: Outcome = { name, times: [], failures: [] };
    let next = 0;
    await Promise.all(Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const started = performance.now();
        try {
          await run(next++);
          outcome.times.push(performance.now() - started);
        } catch (error) {
          outcome.failures.push(error instanceof Error ? error.message : String(error));
        }
        await new Promise((done) => setTimeout(done, pauseMs));
      }
    }));
    return outcome;
  }));
}
