/** Messages delivered twice to several workers, a database that crashes: the end state is that of an undisturbed run. */
import { ok } from "node:assert";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startPostgres } from "../../scripts/local/postgres.ts";
import { connect, stack } from "../end_to_end/people.ts";
import { assertSameEndState, calmRun, disturbedFile, endLeases, struckRun } from "./ingest_end_state.ts";

const bytes = disturbedFile(20_000);
const calm = await calmRun("disturbed", bytes);
const isLinux = Deno.build.os === "linux";

Deno.test("ingest: every message twice, taken by whoever comes, changes nothing", async () => {
  const sql = connect();
  const over = new AbortController();
  try {
    const repeat = async () => {
      while (!over.signal.aborted) {
        // What is under way becomes visible again, and every step is queued once more.
        await sql`select pgmq.set_vt('ingest', q.msg_id, 0) from pgmq.q_ingest as q`;
        await sql`select app.send_ingest_step(j.id, j.step) from public.ingestion_jobs as j
          where j.status = 'running' and j.step <> 'upload'`;
        await delay(250);
      }
    };
    const repeating = repeat();
    const struck = await struckRun("twice", bytes, () => {});
    over.abort();
    await repeating;
    // What was queued too much is put away by the next worker that looks.
    for (let i = 0; i < 50; i++) {
      const [left] =
        await sql`select count(*)::int as n from pgmq.q_ingest where message ->> 'job_id' = ${struck.job.id}`;
      if (left!.n === 0) break;
      await delay(200);
    }
    await assertSameEndState(sql, struck, calm);
  } finally {
    over.abort();
    await sql.end();
  }
});

Deno.test({
  name: "ingest: Postgres killed with -9 in the middle and started again",
  ignore: !isLinux,
  fn: async () => {
    let crashed = "";
    const struck = await struckRun("crash", bytes, async (state) => {
      if (crashed || !["plan", "merge"].includes(state.step)) return;
      crashed = state.step;
      await killAndRestartPostgres();
      const sql = connect();
      await endLeases(sql, state.id).finally(() => sql.end());
    });
    ok(crashed, "the database was killed");
    const sql = connect();
    try {
      await assertSameEndState(sql, struck, calm);
    } finally {
      await sql.end();
    }
  },
});

/** Kills the postmaster and every backend, as a power cut would, and starts the cluster again on its port. */
async function killAndRestartPostgres(): Promise<void> {
  const sql = connect();
  const [row] = await sql`select pg_backend_pid() as pid`;
  const postmaster = Number(/^PPid:\s+(\d+)$/m.exec(Deno.readTextFileSync(`/proc/${row!.pid}/status`))![1]);
  const args = Deno.readTextFileSync(`/proc/${postmaster}/cmdline`).split("\0");
  const folder = args[args.indexOf("-D") + 1] ?? args.find((arg) => arg.startsWith("--pgdata="))!.slice(9);
  const backends = childrenOf(postmaster);
  for (const pid of [postmaster, ...backends]) Deno.kill(pid, "SIGKILL");
  await sql.end({ timeout: 0 });
  for (let i = 0; i < 200 && [postmaster, ...backends].some(isAlive); i++) await delay(50);
  // Where nobody reaps orphans, the dead postmaster's number stays taken.
  const again = async (tries: number): Promise<unknown> => {
    await Deno.remove(join(folder, "postmaster.pid")).catch(() => {});
    const port = Number(new URL(stack.databaseUrl).port);
    return await startPostgres({ dataDir: dirname(folder), port, settings: { fsync: "off" } }).catch(async (error) => {
      if (tries === 0) throw error;
      await delay(500);
      return await again(tries - 1);
    });
  };
  await again(10);
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

function childrenOf(parent: number): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((pid) => {
    try {
      return pid > 0 && new RegExp(`^PPid:\\s+${parent}$`, "m").test(Deno.readTextFileSync(`/proc/${pid}/status`));
    } catch {
      return false;
    }
  });
}
