/**
 * What a super id costs: over HTTP and through the driver, beside a bare insert of the same row, one at a time and a
 * thousand at a time, by as many clients, in the same run.
 */
import postgres from "postgres";
import { type Benchmark, measure, type Measurement } from "../../scripts/bench/benchmark.ts";

const clients = 8;
const batchSize = 1000;

export const benchmark: Benchmark = {
  description: "super ids over HTTP and through the driver, single and in batches, beside bare inserts",
  fill: false,
  async run({ api, dbUrl, seconds, createToken }) {
    const token = await createToken({ userId: "bench_agent", role: "client", permissions: ["super_id:generate"] });
    const sql = postgres(dbUrl, { max: clients });
    const load = { seconds, clients };
    const claims = JSON.stringify({ role: "authenticated", app_role: "client", appwrite_user_id: "bench_agent" });
    const statement =
      "select jsonb_build_object('data', jsonb_agg(s)) from public.mint_super_ids(($1 ->> 'count')::int) as s";
    const mint = async (count: number) =>
      void await sql`select body from app.call_as(
        ${claims}::text::jsonb, ${statement}, ${JSON.stringify({ count })}::text::jsonb)`;
    const insert = async (count: number) =>
      void await sql`
        insert into public.generated_super_ids (super_id, requested_by_client_id)
        select gen_random_uuid(), 'bench' from generate_series(1, ${count}::int) returning super_id`;
    const ask = async (count: number) => {
      const response = await fetch(api.replace("/api/v1", "/super_ids"), {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ count }),
      });
      const text = await response.text();
      if (response.status !== 201) throw new Error(`POST /super_ids answered ${response.status}: ${text}`);
    };
    try {
      const single = await measure("bare insert, 8 clients", load, () => insert(1));
      const minted = await measure("mint_super_ids as the caller, 8 clients", load, () => mint(1));
      const http = await measure("POST /super_ids, 8 clients", load, () => ask(1));
      const rows = await measure(`bare insert of ${batchSize}, 8 clients`, load, () => insert(batchSize));
      const mintedRows = await measure(`mint_super_ids(${batchSize}), 8 clients`, load, () => mint(batchSize));
      const httpRows = await measure(`POST /super_ids with ${batchSize}, 8 clients`, load, () => ask(batchSize));
      report(single, minted, "single, through the driver");
      report(single, http, "single, over HTTP");
      report(rows, mintedRows, "batch, through the driver");
      report(rows, httpRows, "batch, over HTTP");
      console.error(`batch over HTTP: ${Math.round(httpRows.perSecond * batchSize)} ids/s`);
      return [single, minted, http, rows, mintedRows, httpRows];
    } finally {
      await sql.end();
    }
  },
};

function report(bare: Measurement, measured: Measurement, what: string): void {
  console.error(`${what}: ${(measured.perSecond / bare.perSecond).toFixed(2)} of the bare insert`);
}
