/** One worker's pump against a database of its own: crashes, removals, hanging receivers and calls that follow closely. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import postgres from "postgres";
import type { AttemptResult, Delivery } from "../../functions/worker/webhooks/deliver.ts";
import { Pump } from "../../functions/worker/webhooks/pump.ts";
import { applyMigrations } from "../../scripts/local/migrate.ts";
import { installPlatform } from "../../scripts/local/platform.ts";
import { loadPasswords, startPostgres } from "../../scripts/local/postgres.ts";
import { createVendor } from "../end_to_end/database_people.ts";

const folder = await Deno.makeTempDir({ prefix: "odyssey-pump-" });
await Deno.chmod(folder, 0o755);
const dataDir = join(folder, "data");
const start = () => startPostgres({ dataDir, port: 0, settings: { fsync: "off", shared_buffers: "64MB" } });
const open = () => postgres(server.url, { max: 6, onnotice: () => {} });
let server = await start();
let sql = open();
await installPlatform(server.superuserUrl, await loadPasswords(dataDir));
await applyMigrations(server.url);
await sql`
  update app.webhook_settings
  set endpoint_concurrency = 4, endpoint_leases = 16, vendor_concurrency = 32, failing_concurrency = 4`;

/** A vendor with so many endpoints, and their ids. */
async function createHooks(count: number): Promise<{ vendorId: string; hooks: string[] }> {
  const vendorId = await createVendor(sql);
  const rows = await sql<{ id: string }[]>`
    insert into public.webhook_endpoints (vendor_id, url, events, secret_ref)
    select ${vendorId}, 'https://hook.example', '{job.completed}', vault.create_secret('whsec_' || gen_random_uuid())
    from generate_series(1, ${count}) as n
    returning id`;
  return { vendorId, hooks: rows.map(({ id }) => id) };
}

async function emit(vendorId: string, count: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select app.emit_event(${vendorId}, 'job.completed', '{"job_id": "j"}') as id from generate_series(1, ${count})`;
  return rows.map(({ id }) => id);
}

const success = ({ id, endpoint_id, is_ordered, attempt }: Delivery): AttemptResult => ({
  id,
  endpoint_id,
  is_ordered,
  attempt,
  started_at: new Date().toISOString(),
  duration_ms: 1,
  status_code: 200,
  error: null,
  response_body: "",
  signature: "v1=x",
  timestamp: new Date().toISOString(),
  retry_after: null,
});

/** A pump, and receivers that answer its requests; those that hang do so until they are released. */
function createPump(concurrency: number, hangs: (delivery: Delivery, nth: number) => boolean = () => false) {
  const sent: Delivery[] = [];
  let isReleased = false;
  const underWay = new Map<string, number>();
  const mostUnderWay = new Map<string, number>();
  const held: (() => void)[] = [];
  const to = (hook: string) => sent.filter(({ endpoint_id }) => endpoint_id === hook);
  const count = (id: string, by: number) => underWay.set(id, (underWay.get(id) ?? 0) + by).get(id)!;
  const pump = new Pump({
    sql: () => sql,
    concurrency,
    async send(delivery) {
      const id = delivery.endpoint_id;
      sent.push(delivery);
      mostUnderWay.set(id, Math.max(mostUnderWay.get(id) ?? 0, count(id, 1)));
      if (!isReleased && hangs(delivery, to(id).length)) await new Promise<void>((done) => held.push(done));
      count(id, -1);
      return success(delivery);
    },
  });
  return {
    pump,
    sent,
    mostUnderWay,
    held,
    run: () => pump.run(0, new AbortController().signal),
    to,
    release() {
      isReleased = true;
      held.splice(0).forEach((done) => done());
    },
  };
}

/** A test that finds nothing waiting. */
const test = (name: string, what: () => Promise<void>) =>
  Deno.test(`webhooks: ${name}`, async () => {
    await sql`delete from app.outbox_queue`;
    await sql`delete from app.webhook_leases`;
    await sql`delete from public.webhook_endpoints`;
    await what();
  });

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 5000; !(await holds());) {
    if (performance.now() > end) throw new Error(`waited five seconds until ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

const statuses = async (hook: string) =>
  Object.fromEntries(
    (await sql`select status, count(*)::int as n from public.webhook_deliveries where endpoint_id = ${hook} group by 1`)
      .map(({ status, n }) => [status, n]),
  );
const leases = async () => (await sql`select count(*)::int as n from app.webhook_leases`)[0]!.n as number;

test("a call sends what happened before it, however closely it follows another", async () => {
  const { vendorId } = await createHooks(1);
  const { pump, run } = createPump(8);
  for (let n = 0; n < 30; n++) {
    await emit(vendorId, 1);
    strictEqual(await run(), 1, `call ${n}`);
    await pump.settled();
  }
});

test("what waits behind requests that hang takes nobody else's room", async () => {
  const [first, second, other] = [await createHooks(1), await createHooks(1), await createHooks(1)];
  const { pump, mostUnderWay, held, to, release } = createPump(32, (_, nth) => nth > 40);
  await emit(first.vendorId, 100);
  await emit(second.vendorId, 100);
  const stop = new AbortController();
  const running = pump.run(60, stop.signal);
  try {
    await until(async () => held.length === 8 && await leases() === 32, "both hang, with more behind them");
    await emit(other.vendorId, 1);
    await until(() => to(other.hooks[0]!).length === 1, "another gets its event");
  } finally {
    stop.abort();
    release();
    await running;
  }
  await pump.settled();
  strictEqual(Math.max(...mostUnderWay.values()), 4, "and none has more under way than it may");
});

test("a worker that is asked to stop sends what it holds, and records it", async () => {
  const { vendorId, hooks: [hook] } = await createHooks(1);
  const { pump, sent, held, release } = createPump(32, (_, nth) => nth > 40);
  await emit(vendorId, 100);
  const stop = new AbortController();
  const running = pump.run(60, stop.signal);
  await until(async () => held.length === 4 && await leases() === 16, "its receiver hangs, with more behind it");
  stop.abort();
  const count = await running;
  release();
  await pump.settled();
  deepStrictEqual([sent.length, await leases()], [count, 0]);
  strictEqual((await statuses(hook!)).delivered, count);
});

test("what would outlive its lease is not sent, and goes with the next claim", async () => {
  const { vendorId, hooks: [hook] } = await createHooks(1);
  const { pump, sent, held, release, run } = createPump(32, (_, nth) => nth > 40);
  await emit(vendorId, 100);
  const stop = new AbortController();
  const running = pump.run(60, stop.signal);
  await until(async () => held.length === 4 && await leases() === 16, "its receiver hangs, with more behind it");
  stop.abort();
  await running;
  const [before, waiting, clock] = [sent.length, await leases() - held.length, performance.now];
  ok(waiting > 0);
  performance.now = () => clock.call(performance) + 41_000;
  try {
    release();
    await pump.settled();
  } finally {
    performance.now = clock;
  }
  deepStrictEqual([sent.length, await leases()], [before, waiting]);
  await sql`update app.webhook_leases set leased_until = now()`;
  await run();
  await pump.settled();
  deepStrictEqual([sent.length, await statuses(hook!)], [100, { delivered: 100 }]);
});

test("secrets that cannot be read cost neither the next claim nor room", async () => {
  const [good, bad] = [await createHooks(1), await createHooks(1)];
  const { pump, run, to } = createPump(16);
  await emit(good.vendorId, 1);
  strictEqual(await run(), 1, "its secrets are known from now on");
  await sql`alter function app.read_webhook_secrets rename to unreadable`;
  let failures = 0;
  try {
    await emit(good.vendorId, 200);
    await emit(bad.vendorId, 40);
    for (let calls = 0; calls < 60; calls++) {
      await run().catch(() => failures++);
      await pump.settled();
      ok(!pump.isBusy);
    }
  } finally {
    await sql`alter function app.unreadable rename to read_webhook_secrets`;
  }
  ok(failures > 0);
  await sql`update app.webhook_leases set leased_until = now()`;
  await run();
  await pump.settled();
  deepStrictEqual([to(good.hooks[0]!).length, to(bad.hooks[0]!).length], [201, 40]);
  deepStrictEqual([await statuses(good.hooks[0]!), await statuses(bad.hooks[0]!)], [
    { delivered: 201 },
    { delivered: 40 },
  ]);
});

test("the events of a removed vendor hold up nobody, and go", async () => {
  const [removed, other] = [await createHooks(1), await createHooks(1)];
  await emit(removed.vendorId, 100);
  await sql`delete from public.webhook_endpoints where vendor_id = ${removed.vendorId}`;
  await sql`delete from public.vendors where id = ${removed.vendorId}`;
  await emit(other.vendorId, 20);
  const { pump, run, to } = createPump(8);
  strictEqual(await run(), 20);
  await pump.settled();
  strictEqual(to(other.hooks[0]!).length, 20);
  strictEqual((await sql`select from app.outbox_queue`).length, 0);
});

test("two replays beside a worker send every event once", async () => {
  const { vendorId, hooks: [hook] } = await createHooks(1);
  await sql`
    update public.webhook_endpoints set enabled = false, disabled_reason = 'asked', disabled_at = now()
    where id = ${hook!}`;
  const { pump, run, sent } = createPump(16);
  await emit(vendorId, 60);
  await run();
  await sql`
    update public.webhook_endpoints set enabled = true, disabled_reason = null, disabled_at = null
    where id = ${hook!}`;
  await emit(vendorId, 60);
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_admin" };
  const replay = () =>
    sql.begin(async (tx) => {
      await tx`select app.enter_request(${tx.json(claims)})`;
      const [row] = await tx`
        select public.replay_webhook(${hook!}, now() - interval '1 hour', now() + interval '1 hour', missed_only => true)
          as told`;
      return row!.told.missed as number;
    });
  const missed = await Promise.all([replay(), run().then(() => 0), replay()]);
  await run();
  await pump.settled();
  strictEqual(missed[0]! + missed[2]!, 60);
  deepStrictEqual([sent.length, new Set(sent.map(({ id }) => id)).size], [120, 120]);
});

test("the queues are swept after some thousand events, before autovacuum comes", async () => {
  const { vendorId } = await createHooks(1);
  await sql`update public.webhook_endpoints set events = '{product.updated}'`;
  await sql`alter table app.outbox_queue set (autovacuum_enabled = false)`;
  await emit(vendorId, 3000);
  const { pump, run } = createPump(10);
  await run();
  await pump.settled();
  strictEqual((await sql`select from app.outbox_queue`).length, 0);
  const isSwept = async () => {
    const [row] = await sql`
      select vacuum_count > 0 as swept from pg_stat_user_tables where relid = 'app.outbox_queue'::regclass`;
    return row!.swept as boolean;
  };
  await until(isSwept, "somebody swept");
});

test("a server that crashes forgets who sends what, and nothing else", async () => {
  const { vendorId, hooks: [hook] } = await createHooks(1);
  const events = await emit(vendorId, 60);
  let crashes = 0;
  const before = createPump(8, () => {
    if (before.sent.length === 20 && crashes++ === 0) server.kill();
    return false;
  });
  await before.run().then(() => ok(false, "it cannot go on"), () => {});
  strictEqual(crashes, 1);
  await sql.end({ timeout: 1 });
  await until(async () => (await Deno.stat(`/proc/${server.pid}`).catch(() => null)) === null, "the server is gone");
  server = await start();
  sql = open();
  strictEqual(await leases(), 0);
  const after = createPump(8);
  await after.run();
  await after.pump.settled();
  const sent = [...before.sent, ...after.sent];
  deepStrictEqual(new Set(sent.map(({ event_id }) => event_id)), new Set(events));
  strictEqual(new Set(sent.map(({ id }) => id)).size, 60, "each delivery keeps its id");
  deepStrictEqual(await statuses(hook!), { delivered: 60 });
});

Deno.test("webhooks: the database is let go", async () => {
  await sql.end();
  await server.stop();
  await Deno.remove(folder, { recursive: true });
});
