/** Measures one system: the wait of single events while nothing else happens, and the flow of a backlog. */
import { join } from "node:path";
import type { Measurement } from "../../../scripts/bench/benchmark.ts";
import type { CountingReceiver } from "./receiver.ts";
import type { System, Target } from "./system.ts";

const worker = join(import.meta.dirname!, "worker.ts");

const workerEnv = {
  SUPABASE_URL: "http://localhost",
  ODYSSEY_APPWRITE_VERIFIER: "local",
  APPWRITE_JWT_SECRET: "unused",
  ODYSSEY_OUTBOUND_LOCAL: "true",
};

/** Worker processes of a system, ended when they go out of scope. */
export interface Workers extends AsyncDisposable {
  pids: number[];
  /** Fails when one ends before. */
  ended: Promise<never>;
  /** Holds them still while another system is measured, or lets them go on. */
  hold(still: boolean): void;
}

/** Starts so many, which have `concurrency` requests under way in all. */
export function startWorkers(
  system: System,
  dbUrl: string,
  workers: number,
  concurrency: number,
): Workers {
  const children = Array.from({ length: workers }, () =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", worker, system.name, String(Math.ceil(concurrency / workers))],
      env: { ...workerEnv, SUPABASE_DB_URL: dbUrl },
      stdout: "null",
    }).spawn());
  return {
    pids: children.map(({ pid }) => pid),
    hold: (still) => children.forEach((child) => child.kill(still ? "SIGSTOP" : "SIGCONT")),
    ended: Promise.race(children.map((child) => child.status)).then(({ code }) => {
      throw new Error(`a worker of ${system.name} ended with code ${code}`);
    }),
    async [Symbol.asyncDispose]() {
      for (const child of children) killQuietly(child);
      await Promise.all(children.map((child) => child.status));
    },
  };
}

function killQuietly(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** How long single events take to the first request; one after another, not in step with any rhythm. */
export async function measureIdle(
  system: System,
  target: Target,
  receiver: CountingReceiver,
  seconds: number,
): Promise<Measurement> {
  const waits: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const began = performance.now();
    const [id] = await system.enqueue(target, 1);
    waits.push(await receiver.arrival(id!) - began);
    await new Promise((done) => setTimeout(done, 40 + Math.random() * 100));
  }
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN;
  const what = `${system.name}: enqueue to first attempt, idle`;
  return { what, count: waits.length, perSecond: NaN, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** How many deliveries a second a backlog goes, from the call that enqueues it until all of it is recorded as delivered. */
export async function measureFlow(
  system: System,
  target: Target,
  receiver: CountingReceiver,
  deliveries: number,
): Promise<number> {
  const goal = receiver.count + deliveries;
  const started = performance.now();
  await system.enqueue(target, deliveries / target.urls.length);
  await receiver.reaches(goal);
  while (await system.isBusy()) await new Promise((done) => setTimeout(done, 5));
  return deliveries / ((performance.now() - started) / 1000);
}
