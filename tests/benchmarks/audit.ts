/**
 * What the audit log adds to a call: a health profile read over HTTP and by the statement behind it, with the log and
 * with the writing of its row taken out (of this throw-away stack), in turns.
 */
import postgres from "postgres";
import { type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";

const turns = 3;

export const benchmark: Benchmark = {
  description: "an audited read beside the same read with nothing written down",
  fill: false,
  async run({ api, dbUrl, token, vendorId, seconds, clients }) {
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
    await ask("POST", `/customers/${id}/consents`, { consent_type: "health_data", granted: true, version: "1" });
    await ask("PUT", `/customers/${id}/health`, { height: 170, weight: 65, age: 40, activity_level: "moderate" });

    const sql = postgres(dbUrl, { max: clients });
    try {
      const [row] = await sql<{ claims: string; audited: string }[]>`
        select
          app.begin_request('bench', ${vendorId})::text as claims,
          pg_get_functiondef('app.insert_audit'::regproc) as audited`;
      const { claims, audited } = row!;
      const unaudited = audited.slice(0, audited.indexOf("AS $function$")) + "AS $function$ begin end $function$";
      const statement = "select public.get_customer_health(($1 ->> 'id')::uuid)";
      const call = async () =>
        void await sql`select body from app.call_as(
          ${claims}::text::jsonb, ${statement}, ${JSON.stringify({ id })}::text::jsonb)`;
      const read = async () => void await ask("GET", `/customers/${id}/health`);

      const load = { seconds: seconds / turns, clients };
      const all: Measurement[] = [];
      for (let turn = 1; turn <= turns; turn++) {
        for (const [name, definition] of [["audited", audited], ["nothing written", unaudited]] as const) {
          await sql.unsafe(definition);
          all.push(await measure(`${name}: get_customer_health, turn ${turn}`, load, call));
          all.push(await measure(`${name}: GET /customers/{id}/health, turn ${turn}`, load, read));
        }
      }
      const mean = (start: string, part: string) =>
        all.filter(({ what }) => what.startsWith(start) && what.includes(part))
          .reduce((sum, { perSecond }) => sum + 1 / perSecond, 0);
      for (const part of ["get_customer_health", "GET"]) {
        const ratio = mean("audited", part) / mean("nothing", part);
        console.error(`${part}: the audit row makes it ${ratio.toFixed(2)} times as long`);
      }
      return all;
    } finally {
      await sql.end();
    }
  },
};
