/** Secrets that cannot be read for a while hold up what they sign, and nothing is lost: neither events nor room. */
import { rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import postgres from "postgres";
import { deliver } from "../../functions/worker/webhooks/deliver.ts";
import { Pump } from "../../functions/worker/webhooks/pump.ts";
import { applyMigrations } from "../../scripts/local/migrate.ts";
import { installPlatform } from "../../scripts/local/platform.ts";
import { loadPasswords, startPostgres } from "../../scripts/local/postgres.ts";
import { createVendor } from "../end_to_end/database_people.ts";

Deno.test("webhooks: when secrets cannot be read the call fails, and the next one sends everything", async () => {
  const folder = await Deno.makeTempDir({ prefix: "odyssey-secrets-" });
  await Deno.chmod(folder, 0o755);
  const dataDir = join(folder, "data");
  const server = await startPostgres({ dataDir, port: 0, settings: { fsync: "off", shared_buffers: "64MB" } });
  const sql = postgres(server.url, { max: 4, onnotice: () => {} });
  try {
    await installPlatform(server.superuserUrl, await loadPasswords(dataDir));
    await applyMigrations(server.url);
    const vendorId = await createVendor(sql);
    await sql`
      insert into public.webhook_endpoints (vendor_id, url, events, secret_ref)
      values (${vendorId}, 'https://hook.example', '{job.completed}', vault.create_secret('whsec_' || gen_random_uuid()))`;
    await sql`select app.emit_event(${vendorId}, 'job.completed', '{"job_id": "j"}') from generate_series(1, 12)`;
    const answer = { status: 200, headers: new Headers(), body: new Uint8Array(0), truncated: false };
    const pump = new Pump({
      sql: () => sql,
      concurrency: 4,
      send: (delivery, endpoint, timeoutMs) =>
        deliver(delivery, endpoint, timeoutMs, { request: () => Promise.resolve(answer) }),
    });
    const run = () => pump.run(0, new AbortController().signal);

    await sql`alter function app.read_webhook_secrets rename to unreadable`;
    await rejects(run(), /read_webhook_secrets/);
    await sql`alter function app.unreadable rename to read_webhook_secrets`;
    await sql`update app.webhook_leases set leased_until = now()`;
    strictEqual(await run(), 12);
    await pump.settled();
    const [row] = await sql`select count(*)::int as n from public.webhook_deliveries where status = 'delivered'`;
    strictEqual(row!.n, 12);
  } finally {
    await sql.end();
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
