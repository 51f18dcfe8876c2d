/** Workers and admins of webhooks at the same time: nobody waits in a circle, and workers wait for no removal. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { outboundRequest } from "../../functions/_shared/outbound/request.ts";
import { deliver, type Delivery, type Endpoint } from "../../functions/worker/webhooks/deliver.ts";
import { Pump } from "../../functions/worker/webhooks/pump.ts";
import { connect, createVendor, outcome, type Sql } from "./database_people.ts";

const sql = connect(12);
/** Of this file's endpoints; the stack's own worker, which sends to them as well, is refused there at once. */
const host = `127.0.0.1:9/${crypto.randomUUID()}`;

/** What an admin of the vendor asks, in a transaction of its own. */
async function ask(vendorId: string, question: (tx: Sql) => PromiseLike<unknown>): Promise<string> {
  const claims = { role: "authenticated", sub: crypto.randomUUID(), vendor_id: vendorId, app_role: "vendor_admin" };
  return await outcome(sql.begin(async (tx) => {
    await tx`select app.enter_request(${tx.json(claims)})`;
    await question(tx as unknown as Sql);
  }));
}

async function createEndpoint(vendorId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into public.webhook_endpoints (vendor_id, url, events, secret_ref)
    values (${vendorId}, ${`https://${host}`}, '{job.completed}', vault.create_secret('whsec_' || gen_random_uuid()))
    returning id`;
  return row!.id;
}

const emit = (vendorId: string, count: number) =>
  sql`select app.emit_event(${vendorId}, 'job.completed', jsonb_build_object('job_id', n % 3))
    from generate_series(1, ${count}) as n`;

/** A delivery that waits, made here and not by dispatch: another test's worker must not be in its way. */
async function createDelivery(vendorId: string, endpointId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into public.webhook_deliveries (id, endpoint_id, vendor_id, event_id, event_type, payload, sequence,
      next_attempt_at)
    select extensions.uuid_generate_v5(${endpointId}, e.id::text), ${endpointId}, ${vendorId}, e.id, 'job.completed',
      '{}', 1, now() + interval '1 day'
    from (select gen_random_uuid() as id) as e
    returning id`;
  return row!.id;
}

const record = (tx: Sql, ids: string[], status: number) =>
  tx`select app.record_webhook_attempts(
    (
      select json_agg(json_build_object('id', d.id, 'endpoint_id', d.endpoint_id, 'is_ordered', d.entity is not null,
        'attempt', 1, 'started_at', now(), 'duration_ms', 1, 'status_code', ${status}::int,
        'error', case when ${status}::int > 299 then 'HTTP ' || ${status}::int end, 'signature', 'v1=x',
        'timestamp', now()))
      from public.webhook_deliveries as d where d.id = any (${ids}::uuid[])
    ))`;

Deno.test("webhooks: attempts are recorded and events dispatched while an endpoint of theirs is being removed", async () => {
  const vendorId = await createVendor(sql);
  const [going, staying] = [await createEndpoint(vendorId), await createEndpoint(vendorId)];
  const ids = [await createDelivery(vendorId, going), await createDelivery(vendorId, staying)];
  const removing = await sql.reserve();
  try {
    await removing`begin`;
    await removing`delete from public.webhook_endpoints where id = ${going}`;
    await emit(vendorId, 1);
    await sql.begin(async (tx) => {
      await tx`set local lock_timeout = '2s'`;
      await record(tx as unknown as Sql, ids, 410);
      await tx`select app.dispatch_events(1000)`;
    });
    await removing`rollback`;
  } finally {
    removing.release();
  }
  const states = await sql`select id, status from public.webhook_deliveries where id in ${sql(ids)}`;
  const statusOf = (id: string) => states.find((row) => row.id === id)?.status;
  deepStrictEqual([statusOf(ids[0]!), statusOf(ids[1]!)], ["pending", "dead"], "what was not recorded is sent again");
  for (let tries = 0; tries < 1000; tries++) {
    await sql`select app.dispatch_events(1000)`;
    const waiting = await sql`select from app.outbox_queue where vendor_id = ${vendorId}`;
    if (waiting.length === 0) break;
  }
  const dispatched = await sql`
    select from public.webhook_deliveries where endpoint_id = ${going} and event_type = 'job.completed'`;
  strictEqual(dispatched.length, 2, "an endpoint that stays after all gets the event that happened meanwhile");
});

/** Sends nothing for this file's endpoints and says something went well or not; others' events are really delivered. */
function send(delivery: Delivery, endpoint: Endpoint, timeoutMs: number) {
  if (!endpoint.url.includes(host)) {
    return deliver(delivery, endpoint, timeoutMs, {
      request: (request) => outboundRequest({ ...request, policy: { allowLocal: true, ports: [] } }),
    });
  }
  const answers = [200, 200, 200, 200, 200, 500, 503, 410];
  const status = answers[Math.floor(Math.random() * answers.length)]!;
  return deliver(delivery, endpoint, timeoutMs, {
    request: () =>
      Promise.resolve({
        status,
        headers: new Headers({ "retry-after": "0" }),
        body: new Uint8Array(0),
        truncated: false,
      }),
  });
}

Deno.test("webhooks: admins who change everything while workers claim and record never meet a deadlock", async () => {
  const vendorId = await createVendor(sql);
  for (let n = 0; n < 4; n++) await createEndpoint(vendorId);
  const pick = async (table: "webhook_endpoints" | "webhook_deliveries"): Promise<string> => {
    const [row] = await sql<{ id: string }[]>`
      select id from public.${sql(table)} where vendor_id = ${vendorId} order by random() limit 1`;
    return row?.id ?? crypto.randomUUID();
  };
  const since = new Date(Date.now() - 60_000);
  const actions: Record<string, () => Promise<unknown>> = {
    emit: () => emit(vendorId, 20),
    create: () => createEndpoint(vendorId),
    delete: async () => {
      const id = await pick("webhook_endpoints");
      return await ask(vendorId, (tx) => tx`select public.delete_webhook(${id})`);
    },
    "delete several": () =>
      sql`delete from public.webhook_endpoints where id in (
        select id from public.webhook_endpoints where vendor_id = ${vendorId} order by created_at limit 2)`,
    enable: async () => {
      const id = await pick("webhook_endpoints");
      const patch = { enabled: true, ordered: Math.random() < 0.5 };
      await ask(vendorId, (tx) => tx`select public.update_webhook(${id}, '{"enabled": false}')`);
      return await ask(vendorId, (tx) => tx`select public.update_webhook(${id}, ${sql.json(patch)})`);
    },
    rotate: async () => {
      const id = await pick("webhook_endpoints");
      return await ask(vendorId, (tx) => tx`select public.rotate_webhook_secret(${id}, 1)`);
    },
    redeliver: async () => {
      const id = await pick("webhook_deliveries");
      return await ask(vendorId, (tx) => tx`select public.redeliver_webhook(${id})`);
    },
    recover: async () => {
      const id = await pick("webhook_endpoints");
      return await ask(vendorId, (tx) => tx`select public.recover_webhook(${id})`);
    },
    replay: async () => {
      const id = await pick("webhook_endpoints");
      return await ask(vendorId, (tx) => tx`select public.replay_webhook(${id}, ${since}, now())`);
    },
    test: async () => {
      const id = await pick("webhook_endpoints");
      return await ask(vendorId, (tx) => tx`select public.test_webhook(${id})`);
    },
    purge: async () => {
      await sql`
        update public.webhook_deliveries set finished_at = now() - interval '31 days'
        where id in (
          select id from public.webhook_deliveries where vendor_id = ${vendorId} and finished_at is not null
          limit 20 for update skip locked)`;
      await sql`select app.purge_webhooks(20)`;
    },
  };
  const workers = new AbortController();
  const pumps = Array.from({ length: 3 }, () => new Pump({ sql: () => sql, concurrency: 40, pollMs: 1, send }));
  const running = Promise.all(pumps.map((pump) => pump.run(3600, workers.signal)));
  const done: Record<string, number> = {};
  const admin = async () => {
    for (let round = 0; round < 150; round++) {
      const [name, act] = Object.entries(actions)[Math.floor(Math.random() * Object.keys(actions).length)]!;
      await act();
      done[name] = (done[name] ?? 0) + 1;
    }
  };
  try {
    await Promise.race([Promise.all(Array.from({ length: 6 }, admin)), running]);
  } finally {
    workers.abort();
    await running.catch(() => {});
    await Promise.all(pumps.map((pump) => pump.settled()));
  }
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from (select * from public.webhook_deliveries where vendor_id = ${vendorId} and status in ('pending', 'retrying')) as d
    full join (
      select q.* from app.webhook_queue as q
      where q.endpoint_id in (select id from public.webhook_endpoints where vendor_id = ${vendorId})
        or not exists (select from public.webhook_endpoints as e where e.id = q.endpoint_id)
    ) as q on (q.endpoint_id, q.next_attempt_at, q.sequence, q.delivery_id)
      = (d.endpoint_id, d.next_attempt_at, d.sequence, d.id)
    where q.delivery_id is null or d.id is null`;
  strictEqual(count, 0, "the queue holds what waits, and nothing else");
  const claimed = (await running).reduce((sum, count) => sum + count, 0);
  ok(claimed >= 100, `${claimed} deliveries were sent meanwhile`);
  for (const name of Object.keys(actions)) ok(done[name]! > 0, name);
});

Deno.test("webhooks: the database is let go", () => sql.end());
