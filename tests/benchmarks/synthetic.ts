/**
 * Synthetic people: 1,000 users made by the worker through the Auth service, and their 90,000 check-ins written by the
 * engine (made, formatted, copied) beside a bare COPY of the same rows into the same table.
 */
import { Buffer } from "node:buffer";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Benchmark, Measurement } from "../../scripts/bench/benchmark.ts";
import { checkIns } from "../../functions/_shared/synthetic/check_ins.ts";
import { createRandom } from "../../functions/_shared/synthetic/random.ts";
import { writeCheckIns } from "../../functions/_shared/synthetic/write_check_ins.ts";

const [patients, therapists, each] = [900, 100, 100];
const rounds = 5;
const columns = "patient_id, checked_in_at, mood, energy, anxiety, sleep_hours";

export const benchmark: Benchmark = {
  description: "1,000 synthetic users and 90,000 check-ins: users/s, and the insert beside a bare COPY",
  fill: false,
  // The hash of a password is Auth's work, on a machine of its own; here it would be most of what is measured.
  passwordCost: 4,
  async run({ api, dbUrl, createToken }) {
    const token = await createToken({ userId: "bench_root", role: "superadmin" });
    const users = await makeUsers(api.replace(/\/v1$/, ""), token);
    const client = new pg.Client({ connectionString: dbUrl });
    await client.connect();
    try {
      const { rows } = await client.query("select id from public.profiles where role = 'patient' order by run_index");
      const people = () => generate(rows.map(({ id }) => id));
      const { rows: lines } = await client.query(
        `select concat_ws(e'\\t', ${columns}) || e'\\n' as line from public.check_ins order by id`,
      );
      const bytes = Buffer.from(lines.map(({ line }) => line).join(""));
      const engine: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < rounds; round++) {
        engine.push(await timed(client, () => writeCheckIns(client, people())));
        bare.push(await timed(client, () => copyBytes(client, bytes)));
      }
      const [mine, theirs] = [summary("check-ins by the engine", engine), summary("bare COPY of the same rows", bare)];
      console.error(`check-ins: ${(theirs.p50 / mine.p50).toFixed(2)} of a bare COPY`);
      return [users, mine, theirs];
    } finally {
      await client.end();
    }
  },
};

async function makeUsers(admin: string, token: string): Promise<Measurement> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const started = performance.now();
  const asked = await fetch(`${admin}/admin/generate-data`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      patients_count: patients,
      therapists_count: therapists,
      checkins_per_user: each,
      mood_pattern: "stable",
      seed: 1,
    }),
  });
  let run = await asked.json();
  while (run.status === "queued" || run.status === "running") {
    await new Promise((done) => setTimeout(done, 200));
    run = await (await fetch(`${admin}/admin/generated-data/${run.id}`, { headers })).json();
  }
  if (run.totals?.check_ins !== patients * each) throw new Error(`the run ended as ${JSON.stringify(run)}`);
  const ms = performance.now() - started;
  const count = patients + therapists;
  const one = ms / count;
  return { what: "users, end to end", count, perSecond: 1000 / one, p50: one, p95: one, p99: one };
}

function* generate(ids: string[]) {
  for (const [index, id] of ids.entries()) {
    yield { id, checkIns: checkIns("stable", each, "2026-01-01", createRandom(1, index, 2)) };
  }
}

/** Milliseconds of one load into the emptied table. */
async function timed(client: pg.Client, load: () => Promise<number>): Promise<number> {
  await client.query("truncate public.check_ins");
  const started = performance.now();
  const count = await load();
  if (count !== patients * each) throw new Error(`${count} rows were written`);
  return performance.now() - started;
}

function copyBytes(client: pg.Client, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`copy public.check_ins (${columns}) from stdin`));
    stream.on("error", reject);
    stream.on("finish", () => resolve(stream.rowCount));
    stream.end(bytes);
  });
}

function summary(what: string, times: number[]): Measurement {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)]!;
  const last = sorted.at(-1)!;
  return {
    what,
    count: patients * each,
    perSecond: patients * each / (middle / 1000),
    p50: middle,
    p95: last,
    p99: last,
  };
}
