/** Events on their way to a receiver on this machine: signed, repeated, given up, in order, side by side. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createHmac } from "node:crypto";
import { apiClient, connect, createPerson, superIdsClient } from "./people.ts";
import { isSignedBy, type Received, startReceiver } from "./webhooks_receiver.ts";

const api = await apiClient();

/** An admin of a new vendor, with short words for what they do. */
async function createVendor(code: string) {
  const { token, vendorId } = await createPerson(`wanda-${code}`, { role: "vendor_admin", vendor: `hooks-${code}` });
  const ask = (method: string, path: string, body?: unknown, headers = {}) =>
    api.ask(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
  return {
    vendorId,
    ask,
    /** Makes an endpoint, removed at the end of the test. */
    async hook(url: string, more: Record<string, unknown> = {}) {
      const answer = await ask("POST", "/v1/webhooks", { url, events: ["job.completed"], ...more });
      strictEqual(answer.status, 201, answer.text);
      const { id, secret } = answer.body as { id: string; secret: string };
      return { id, secret, [Symbol.asyncDispose]: async () => void await ask("DELETE", `/v1/webhooks/${id}`) };
    },
    deliveries: async (id: string) => (await ask("GET", `/v1/webhooks/${id}/deliveries`)).body.data,
  };
}

const own = await createVendor("own");
const sql = connect();
const receiver = startReceiver();

async function emit(vendorId: string, count = 1, data: Record<string, unknown> = { job_id: "j" }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select app.emit_event(${vendorId}, 'job.completed', ${JSON.stringify(data)}::text::jsonb || jsonb_build_object(
      'attempt', n)) as id
    from generate_series(1, ${count}) as n`;
  return rows.map(({ id }) => id);
}

/** The time of the next attempt has come; what the worker holds right now is left to the next call. */
async function hurry(endpointId: string): Promise<void> {
  await sql`update public.webhook_endpoints set resume_at = null where id = ${endpointId} and resume_at is not null`;
  await sql`
    update public.webhook_deliveries set next_attempt_at = now()
    where id in (
      select id from public.webhook_deliveries
      where endpoint_id = ${endpointId} and finished_at is null
      for update skip locked)`;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 10_000; !(await holds());) {
    if (performance.now() > end) throw new Error(`waited ten seconds until ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

Deno.test("webhooks: an orchestrator's super id tells the whole story, from the change to its delivery", async () => {
  await using hook = await own.hook(`${receiver.url}/story`, { events: ["product.updated"] });
  const permissions = ["super_id:generate", "super_id:read"];
  const agent = await createPerson("storyteller", { role: "client", permissions });
  const minted = await (await superIdsClient()).ask("POST", "/super_ids", { token: agent.token });
  const superId = minted.body.super_id as string;
  const change = (id: string) =>
    own.ask("POST", "/v1/products", { items: [{ external_id: "a", name: "Apple" }] }, { "X-Super-Id": id });
  const refused = await change(crypto.randomUUID());
  deepStrictEqual([refused.status, refused.body.errors?.[0].pointer], [400, "/X-Super-Id"]);
  const changed = await change(superId);
  deepStrictEqual([changed.status, changed.headers.get("x-super-id"), changed.body.inserted], [200, superId, 1]);
  await receiver.wait("/story", 1);
  await until(async () => (await own.deliveries(hook.id))[0]?.status === "delivered", "the delivery is recorded");
  const story = await api.ask("GET", `/v1/workflows/${superId}`, { token: agent.token });
  deepStrictEqual(
    story.body.timeline.map(({ event }: { event: string }) => event),
    ["super_id.minted", "event.product.updated", "delivery.queued", "delivery.attempted", "delivery.delivered"],
  );
});

Deno.test("webhooks: a change in the catalogue arrives, signed in both forms; rotation signs with both secrets", async () => {
  await using hook = await own.hook(`${receiver.url}/signed?x=1`, { events: ["product.updated"], description: "ERP" });
  await own.ask("POST", "/v1/products", { items: [{ external_id: "b", name: "Banana" }] });
  const [first] = await receiver.wait("/signed", 1) as [Received];
  const body = JSON.parse(first.body);
  deepStrictEqual(Object.keys(body).sort(), ["data", "event_id", "event_type", "occurred_at", "vendor_id"]);
  deepStrictEqual([body.event_id, body.vendor_id, body.data.count], [first.eventId, own.vendorId, 1]);
  ok(isSignedBy(hook.secret, first));
  const timestamp = first.headers["x-timestamp"];
  const mac = createHmac("sha256", hook.secret).update(`${timestamp}\n${first.body}`).digest("hex");
  deepStrictEqual([first.headers["x-signature"], first.headers["webhook-id"]], [`v1=${mac}`, first.eventId]);

  const rotated = (await own.ask("POST", `/v1/webhooks/${hook.id}/rotate-secret`, { overlap_hours: 1 })).body;
  strictEqual((await own.ask("POST", `/v1/webhooks/${hook.id}/test`)).status, 202);
  const [, second] = await receiver.wait("/signed", 2) as [Received, Received];
  ok(second.eventType === "webhook.test" && isSignedBy(rotated.secret, second) && isSignedBy(hook.secret, second));
  const last = (await own.ask("POST", `/v1/webhooks/${hook.id}/rotate-secret`, { overlap_hours: 0 })).body;
  await own.ask("POST", `/v1/webhooks/${hook.id}/test`);
  const [, , third] = await receiver.wait("/signed", 3) as [Received, Received, Received];
  ok(isSignedBy(last.secret, third) && !isSignedBy(rotated.secret, third) && !isSignedBy(hook.secret, third));
});

Deno.test("webhooks: the secret is in the first answer alone; bad URLs are refused at once", async () => {
  const key = { "Idempotency-Key": crypto.randomUUID() };
  const body = { url: "https://example.com/hook", events: ["job.failed"], enabled: false };
  const [first, second] = [
    await own.ask("POST", "/v1/webhooks", body, key),
    await own.ask("POST", "/v1/webhooks", body, key),
  ];
  deepStrictEqual([first.status, second.status, second.body.secret], [201, 201, null]);
  deepStrictEqual({ ...second.body, secret: first.body.secret }, first.body);
  strictEqual((await own.ask("GET", `/v1/webhooks/${first.body.id}`)).body.secret, undefined);
  strictEqual(
    (await sql`select from public.idempotency_keys as k where k::text like ${`%${first.body.secret}%`}`).length,
    0,
  );
  for (
    const url of ["http://10.0.0.1/", "https://169.254.169.254/", "https://u:p@example.com/", "ftp://example.com/"]
  ) {
    const refused = await own.ask("POST", "/v1/webhooks", { ...body, url });
    deepStrictEqual([refused.status, refused.body.errors?.[0]?.pointer], [400, "/url"], url);
  }
  strictEqual((await own.ask("DELETE", `/v1/webhooks/${first.body.id}`)).status, 204);
});

Deno.test("webhooks: a failure is tried again with the same id, a redirect is one, 410 ends it, the dead recover", async () => {
  await using hook = await own.hook(`${receiver.url}/failing`, { retries_max: 1 });
  const since = new Date().toISOString();
  let answer = () => new Response("no\0body" + "x".repeat(9000), { status: 500 });
  receiver.answer("/failing", () => answer());
  const [eventId] = await emit(own.vendorId);
  await receiver.wait("/failing", 1);
  await until(async () => (await own.deliveries(hook.id))[0]?.status === "retrying", "it is to be tried again");
  const [waiting] = await own.deliveries(hook.id);
  deepStrictEqual([waiting.last_error, waiting.attempt, waiting.attempts.length], ["HTTP 500", 1, 1]);
  const delay = Date.parse(waiting.next_attempt_at) - Date.parse(waiting.attempts[0].started_at);
  ok(delay > 3900 && delay < 8000, `after ${delay} ms`);
  const shown = (await own.ask("GET", `/v1/deliveries/${waiting.id}`)).body;
  strictEqual(shown.attempts[0].response_body, "no\uFFFDbody" + "x".repeat(4096 - 7), "4 KiB of the answer are kept");

  answer = () => new Response(null, { status: 307, headers: { location: `${receiver.url}/elsewhere` } });
  await hurry(hook.id);
  const both = await receiver.wait("/failing", 2);
  deepStrictEqual(both.map((one) => one.eventId), [eventId, eventId]);
  await until(async () => (await own.deliveries(hook.id))[0]?.status === "dead", "it is given up");
  strictEqual(receiver.at("/elsewhere").length, 0);
  strictEqual((await own.ask("GET", `/v1/webhooks/${hook.id}`)).body.failing_since === null, false);

  answer = () => new Response("fine");
  deepStrictEqual((await own.ask("POST", `/v1/webhooks/${hook.id}/recover`)).body, { queued: 1 });
  await receiver.wait("/failing", 3);
  await until(async () => (await own.deliveries(hook.id))[0]?.status === "delivered", "it is delivered");
  strictEqual((await own.ask("POST", `/v1/deliveries/${waiting.id}/redeliver`)).status, 202);
  await receiver.wait("/failing", 4);

  answer = () => new Response(null, { status: 410 });
  await emit(own.vendorId);
  await receiver.wait("/failing", 5);
  await until(async () => !(await own.ask("GET", `/v1/webhooks/${hook.id}`)).body.enabled, "it is switched off");
  strictEqual((await own.ask("GET", `/v1/webhooks/${hook.id}`)).body.disabled_reason, "gone");
  strictEqual((await own.ask("POST", `/v1/webhooks/${hook.id}/replay`, { since })).status, 409);
  await emit(own.vendorId);
  await until(
    async () => (await sql`select from app.outbox_queue where vendor_id = ${own.vendorId}`).length === 0,
    "nothing waits",
  );
  answer = () => new Response("back");
  await own.ask("PATCH", `/v1/webhooks/${hook.id}`, { enabled: true });
  const replay = await own.ask("POST", `/v1/webhooks/${hook.id}/replay`, { since, missed_only: true });
  deepStrictEqual(replay.body, { queued: 1, missed: 1, again: 0 });
  await receiver.wait("/failing", 6);
});

Deno.test("webhooks: Retry-After holds back the whole endpoint", async () => {
  await using hook = await own.hook(`${receiver.url}/busy`);
  receiver.answer(
    "/busy",
    (_, count) => new Response(null, { status: count === 1 ? 429 : 200, headers: { "retry-after": "600" } }),
  );
  await emit(own.vendorId);
  await until(async () => (await own.deliveries(hook.id))[0]?.status === "retrying", "it was refused");
  const [held] = await own.deliveries(hook.id);
  ok(Date.parse(held.next_attempt_at) > Date.now() + 590_000);
  await emit(own.vendorId);
  await new Promise((done) => setTimeout(done, 300));
  strictEqual(receiver.at("/busy").length, 1);
  await hurry(hook.id);
  await receiver.wait("/busy", 3);
});

Deno.test("webhooks: an ordered endpoint gets each entity's events one after another, also after failures", async () => {
  await using hook = await own.hook(`${receiver.url}/ordered`, { ordered: true });
  const seen: Record<string, number[]> = {};
  const failed = new Set<string>();
  receiver.answer("/ordered", async ({ body, eventId }) => {
    const { job_id: job, totals } = JSON.parse(body).data;
    await new Promise((done) => setTimeout(done, Math.random() * 20));
    if (totals % 4 === 0 && !failed.has(eventId)) {
      failed.add(eventId);
      return new Response(null, { status: 503 });
    }
    (seen[job] ??= []).push(totals);
    return new Response();
  });
  for (let n = 1; n <= 8; n++) {
    for (const job of ["a", "b"]) await emit(own.vendorId, 1, { job_id: job, totals: n });
  }
  await until(async () => {
    await hurry(hook.id);
    return Object.values(seen).flat().length === 16;
  }, "all have come");
  deepStrictEqual(seen, { a: [1, 2, 3, 4, 5, 6, 7, 8], b: [1, 2, 3, 4, 5, 6, 7, 8] });
});

Deno.test("webhooks: endpoints that hang or refuse delay nobody else's events", async () => {
  const other = await createVendor("other");
  const counts = { endpoints: 20, events: 100 };
  const hanging = new AbortController();
  const dead = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const deadUrl = `http://127.0.0.1:${dead.addr.port}`;
  dead.close();
  for (let n = 0; n < counts.endpoints; n++) {
    if (n < 2) {
      receiver.answer(
        `/fan-${n}`,
        () => new Promise((done) => hanging.signal.addEventListener("abort", () => done(new Response()))),
      );
    }
    const url = n === 2 || n === 3 ? `${deadUrl}/fan-${n}` : `${receiver.url}/fan-${n}`;
    await (n % 2 ? own : other).hook(url);
  }
  try {
    const started = performance.now();
    await Promise.all([emit(own.vendorId, counts.events), emit(other.vendorId, counts.events)]);
    for (let n = 4; n < counts.endpoints; n++) await receiver.wait(`/fan-${n}`, counts.events, 14_000);
    const seconds = (performance.now() - started) / 1000;
    const total = (counts.endpoints - 4) * counts.events;
    console.log(`${total} deliveries to 16 endpoints in ${seconds.toFixed(1)} s, beside 2 that hang and 2 that refuse`);
    for (let n = 4; n < counts.endpoints; n++) {
      strictEqual(new Set(receiver.at(`/fan-${n}`).map((one) => one.eventId)).size, counts.events);
    }
    ok(receiver.at("/fan-0").length <= 32, "a hanging endpoint has no more under way than it may");
  } finally {
    await sql`delete from public.webhook_endpoints where vendor_id in (${own.vendorId}, ${other.vendorId})`;
    hanging.abort();
  }
});

Deno.test("webhooks: the receiver and the database are let go", async () => {
  await receiver.stop();
  await sql.end();
});
