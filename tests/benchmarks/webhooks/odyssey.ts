import postgres from "postgres";
import { Pump } from "../../../functions/worker/webhooks/pump.ts";
import { eventData, type System } from "./system.ts";

/** Ours: events go to the outbox, a worker makes deliveries of them and records each attempt. */
export function odyssey(sql: postgres.Sql, dbUrl: string): System {
  return {
    name: "odyssey",
    async prepare({ vendorId, urls, secret }) {
      await sql`delete from public.webhook_endpoints where vendor_id = ${vendorId}`;
      for (const url of urls) {
        await sql`
          insert into public.webhook_endpoints (vendor_id, url, events, secret_ref)
          values (${vendorId}, ${url}, '{job.completed}', vault.create_secret(${secret}))`;
      }
    },
    async enqueue({ vendorId }, events) {
      const rows = await sql<{ id: string }[]>`
        select app.emit_event(
          ${vendorId}, 'job.completed', ${JSON.stringify(eventData)}::text::jsonb || jsonb_build_object('job_id', n)
        ) as id
        from generate_series(1, ${events}) as n`;
      return rows.map(({ id }) => id);
    },
    async isBusy() {
      const [row] = await sql`
        select exists (select from app.outbox_queue)
          or exists (select from app.webhook_queue) as busy`;
      return row!.busy;
    },
    async work(concurrency) {
      const pool = postgres(dbUrl, { max: 4, onnotice: () => {} });
      await new Pump({ sql: () => pool, concurrency }).run(3600, new AbortController().signal);
    },
  };
}
