/** The worker is killed while it makes users, also between a user and their profile; the run ends as asked. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { apiClient, connect, createPerson } from "../end_to_end/people.ts";
import { workerProcesses } from "./ingest_end_state.ts";

const [patients, therapists, checkIns] = [230, 10, 5];
const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;

Deno.test({
  name: "synthetic: a worker killed again and again makes each user once, and leaves none half made",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const api = await apiClient();
    const { token } = await createPerson("generator", { role: "superadmin" });
    const sql = connect();
    try {
      // Profiles wait for this lock while users are made: that is where the first kill strikes.
      const gate = await sql.reserve();
      await gate`begin`;
      await gate`lock table public.profiles in share row exclusive mode`;
      const body = {
        patients_count: patients,
        therapists_count: therapists,
        checkins_per_user: checkIns,
        mood_pattern: "crisis_and_recovery",
        seed,
        start_date: "2026-01-01",
      };
      const { body: { id, super_id } } = await api.ask("POST", "/admin/generate-data", { token, body });
      const half = async () => (await sql`select id from app.half_users(${id}, 1000)`).length;
      for (const giveUpAt = Date.now() + 30_000; await half() < 8 && Date.now() < giveUpAt;) await pause();
      strictEqual(await half(), 8, "users wait for their profiles");
      await kill(sql, id);
      await gate`rollback`;
      gate.release();

      // Then somewhere in each third of the run.
      const progress: number[] = [];
      let [kills, killAt] = [1, 20];
      let run;
      for (const giveUpAt = Date.now() + 90_000; Date.now() < giveUpAt && run?.status !== "completed";) {
        run = (await api.ask("GET", `/admin/generated-data/${id}`, { token })).body;
        progress.push(run.progress_pct);
        if (run.totals.patients + run.totals.therapists >= killAt && run.status === "running") {
          await kill(sql, id);
          kills++;
          killAt += 80;
        }
        await pause();
      }
      ok(kills >= 3, `killed ${kills} times`);
      strictEqual(run.status, "completed", JSON.stringify(run));
      deepStrictEqual([run.totals.patients, run.totals.therapists, run.totals.failed, run.failures], [
        patients,
        therapists,
        0,
        [],
      ]);
      strictEqual(run.totals.check_ins, patients * checkIns);
      deepStrictEqual(progress, progress.toSorted((a, b) => a - b), "progress never goes back");

      const people = await sql`
        select p.run_index, p.email, u.email = p.email as same, p.is_test_patient,
          (select count(*)::int from public.check_ins as c where c.patient_id = p.id) as check_ins,
          (select count(*)::int from public.therapist_assignments as a where a.patient_id = p.id) as therapists
        from public.profiles as p join auth.users as u using (id) where p.run_id = ${id} order by p.run_index`;
      deepStrictEqual(
        people.map(({ run_index, same, is_test_patient, check_ins, therapists }) => ({
          run_index,
          same,
          is_test_patient,
          check_ins,
          therapists,
        })),
        Array.from({ length: patients + therapists }, (_, run_index) => ({
          run_index,
          same: true,
          is_test_patient: true,
          check_ins: run_index < patients ? checkIns : 0,
          therapists: run_index < patients ? 1 : 0,
        })),
      );
      // The addresses of the seed: those of users left half made were freed before they were made anew.
      for (const { email } of people.filter((_, at) => at < 8)) match(email, /^[^.@]+\.[^.@]+\.[^.@]+@/);
      strictEqual(await half(), 0);
      const [users] = await sql`
        select count(*)::int as n from auth.users where raw_app_meta_data ->> 'generation_run_id' = ${id}`;
      strictEqual(users!.n, patients + therapists);

      const { body: { timeline } } = await api.ask("GET", `/v1/workflows/${super_id}`, { token });
      deepStrictEqual(timeline.map(({ event }: { event: string }) => event), [
        "super_id.minted",
        "generation.created",
        "generation.started",
        "generation.completed",
      ]);
      strictEqual(timeline.at(-1).data.totals.check_ins, patients * checkIns);
      const query = { run_id: id };
      const { body: removed } = await api.ask("DELETE", "/admin/generated-data", { token, query });
      deepStrictEqual(removed, { deleted: patients + therapists, failed: 0, more: false });
    } finally {
      await sql.end();
    }
  },
});

/** Kills the worker with -9, and ends the lease of its message, instead of waiting until that runs out. */
async function kill(sql: ReturnType<typeof connect>, runId: string): Promise<void> {
  for (const pid of workerProcesses()) Deno.kill(pid, "SIGKILL");
  await sql`
    select pgmq.set_vt('generation', q.msg_id, 0) from pgmq.q_generation as q where q.message ->> 'run_id' = ${runId}`;
}

const pause = () => new Promise<void>((done) => setTimeout(done, 20));
