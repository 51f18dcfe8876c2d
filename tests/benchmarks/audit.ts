/**
 * What the audit log adds to a call: a health profile read and written over HTTP, and read by the statement behind it.
 * Each with the log; with a row whose commit does not wait for the disk; and with the writing of the row taken out (all
 * of this throw-away stack). In short turns, there and back again, so that what else the machine does falls on all.
 */
import { join } from "node:path";
import postgres from "postgres";
import { type BenchContext, type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";

const turns = 6;
const unaudited = "nothing written";

type Call = { name: string; run(index: number): Promise<void> };
type Turn = { perCall: number; cpu: number; measurement: Measurement };

export const benchmark: Benchmark = {
  description: "an audited read and write beside the same with nothing written down",
  fill: false,
  async run(context) {
    const { dbUrl, vendorId, seconds, clients, dataDir } = context;
    const sql = postgres(dbUrl, { max: clients });
    try {
      const [row] = await sql<{ claims: string; audited: string }[]>`
        select
          app.begin_request('bench', ${vendorId})::text as claims,
          pg_get_functiondef('app.insert_audit'::regproc) as audited`;
      const { claims, audited } = row!;
      const variants = [
        [unaudited, audited.slice(0, audited.indexOf("AS $function$")) + "AS $function$ begin end $function$"],
        [
          "not waited for",
          audited.replace("begin\n", "begin perform set_config('synchronous_commit', 'off', true);\n"),
        ],
        ["audited", audited],
      ] as const;
      const calls = await healthCalls(context, sql, claims);

      const load = { seconds: seconds / turns, clients };
      const all = new Map<string, Turn[]>();
      for (let turn = 0; turn < turns; turn++) {
        for (const [variant, definition] of turn % 2 === 0 ? variants : variants.toReversed()) {
          await sql.unsafe(definition);
          for (const { name, run } of calls) {
            const what = `${name}, ${variant}`;
            const cpuBefore = await postgresCpu(dataDir);
            let sent = 0;
            const measurement = await measure(what, load, (index) => (sent++, run(index)));
            const cpu = (await postgresCpu(dataDir) - cpuBefore) / sent;
            all.set(what, [...all.get(what) ?? [], { perCall: 1 / measurement.perSecond, cpu, measurement }]);
          }
        }
      }
      for (const { name } of calls) {
        for (const [variant] of variants.slice(1)) {
          const [with_, without] = [all.get(`${name}, ${variant}`)!, all.get(`${name}, ${unaudited}`)!];
          const [time, cpu] = [ratio(with_, without, "perCall"), ratio(with_, without, "cpu")];
          console.error(`${name}, ${variant}: ${time.toFixed(2)} times as long, ${cpu.toFixed(2)} times the database`);
        }
      }
      return [...all.values()].map(middle);
    } finally {
      await sql.end();
    }
  },
};

/** Makes a customer with consent and a profile, and gives the calls to compare. */
async function healthCalls({ api, token }: BenchContext, sql: postgres.Sql, claims: string): Promise<Call[]> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  await ask("POST", "/customers", {
    items: [{ external_id: "1", full_name: "Ada Bench", email: "ada@example.test" }],
  });
  const id: string = (await ask("GET", "/customers")).data[0].id;
  const path = `/customers/${id}/health`;
  const profile = { height: 170, weight: 65, age: 40, activity_level: "moderate" };
  await ask("POST", `/customers/${id}/consents`, { consent_type: "health_data", granted: true, version: "1" });
  await ask("PUT", path, profile);

  const statement = "select public.get_customer_health(($1 ->> 'id')::uuid)";
  return [
    {
      name: "get_customer_health",
      run: async () =>
        void await sql`select body from app.call_as(
          ${claims}::text::jsonb, ${statement}, ${JSON.stringify({ id })}::text::jsonb)`,
    },
    { name: "GET health", run: async () => void await ask("GET", path) },
    { name: "PUT health", run: async (index) => void await ask("PUT", path, { ...profile, weight: 60 + index % 20 }) },
  ];
}

/** Milliseconds of processor time that the server's processes have used, those that ended included. */
async function postgresCpu(dataDir: string): Promise<number> {
  const postmaster = (await Deno.readTextFile(join(dataDir, "postgres", "postmaster.pid"))).split("\n")[0];
  let ticks = 0;
  for await (const { name } of Deno.readDir("/proc")) {
    const stat = /^\d+$/.test(name) ? await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "") : "";
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (name === postmaster) ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    else if (fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * 10;
}

/** The middle one of the ratios of the turns: one that the machine disturbed says nothing. */
function ratio(turnsWith: Turn[], turnsWithout: Turn[], part: "perCall" | "cpu"): number {
  const ratios = turnsWith.map((turn, at) => turn[part] / turnsWithout[at]![part]).sort((a, b) => a - b);
  return (ratios[turns / 2 - 1]! + ratios[turns / 2]!) / 2;
}

/** The turn in the middle by rate, for the table. */
function middle(all: Turn[]): Measurement {
  return all.toSorted((a, b) => a.perCall - b.perCall)[Math.floor(all.length / 2)]!.measurement;
}
