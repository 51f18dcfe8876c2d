/** What a benchmark is, and how it measures. A file of tests/benchmarks/ exports one as `benchmark`. */
import type { BenchStack } from "./stack.ts";

/** The stack to measure, and how hard. */
export type BenchContext = BenchStack & {
  seconds: number;
  clients: number;
  rows: number;
  /** The one of its scenarios that is asked for; all of them without. */
  scenario?: string;
};

/** One line of the table; times are milliseconds. */
export type Measurement = { what: string; count: number; perSecond: number; p50: number; p95: number; p99: number };

export type Benchmark = {
  description: string;
  /** False for one that needs no products. */
  fill?: boolean;
  /** False for one that runs workers of its own. */
  workerLoop?: boolean;
  /** What Auth's bcrypt costs: 10, as hosted, unless told otherwise. */
  passwordCost?: number;
  /** Parts that can be asked for one at a time, where all of them take long. */
  scenarios?: string[];
  run(context: BenchContext): Promise<Measurement[] | Report>;
};

/** What a benchmark tells that is no table of times: as text for people, as data for programs. */
export type Report = { text: string; data: unknown };

/**
 * Runs `task` over and over with `clients` under way at once, after a short warm-up, and sums the times up: how long each
 * took, or the milliseconds it returned.
 */
export async function measure(
  what: string,
  { seconds, clients }: { seconds: number; clients: number },
  task: (index: number) => Promise<number | void>,
): Promise<Measurement> {
  await repeat(Math.min(1, seconds / 5), clients, task);
  const started = performance.now();
  const times = (await repeat(seconds, clients, task)).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return {
    what,
    count: times.length,
    perSecond: times.length / ((performance.now() - started) / 1000),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

async function repeat(
  seconds: number,
  clients: number,
  task: (index: number) => Promise<number | void>,
): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  let next = 0;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() < end) {
      const started = performance.now();
      const told = await task(next++);
      times.push(told ?? performance.now() - started);
    }
  }));
  return times;
}

/** A table for people. */
export function formatTable(name: string, measurements: Measurement[]): string {
  const rows = [
    [name, "count", "per s", "p50 ms", "p95 ms", "p99 ms"],
    ...measurements.map(({ what, count, perSecond, p50, p95, p99 }) => [
      what,
      String(count),
      perSecond.toFixed(0),
      ...[p50, p95, p99].map((time) => time.toFixed(2)),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2)).join("")
  ).join("\n");
}
