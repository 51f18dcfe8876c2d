/** The worker's process is killed while a file is loaded and merged; what comes out equals an undisturbed run. */
import { ok } from "node:assert";
import { connect } from "../end_to_end/people.ts";
import {
  assertSameEndState,
  calmRun,
  disturbedFile,
  endLeases,
  struckRun,
  workerProcesses,
} from "./ingest_end_state.ts";

Deno.test({
  name: "ingest: a worker killed again and again loses nothing and applies nothing twice",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const sql = connect();
    try {
      const bytes = disturbedFile(20_000);
      const calm = await calmRun("kill", bytes);
      let kills = 0;
      let killedAt = "";
      const struck = await struckRun("kill", bytes, async (state) => {
        if (kills >= 2 || state.finished_at || `${state.step} ${state.progress_pct}` === killedAt) return;
        killedAt = `${state.step} ${state.progress_pct}`;
        for (const pid of workerProcesses()) Deno.kill(pid, "SIGKILL");
        kills += 1;
        await endLeases(sql, state.id);
      });
      ok(kills > 0, "the worker was killed at least once");
      await assertSameEndState(sql, struck, calm);
    } finally {
      await sql.end();
    }
  },
});
