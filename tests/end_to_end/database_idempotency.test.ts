import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { connect, createMember, createVendor, outcome, type Sql, tally, unique } from "./database_people.ts";

/** A request that invites somebody (so that its work shows), under a key, in one statement. */
async function invite(sql: Sql, person: string, key: string, pause = 0) {
  const [row] = await sql<{ replayed: boolean; body: string }[]>`
    select replayed, body from app.call_once(
      app.begin_request(${person}),
      'select public.invite_member($1 ->> ''who'', ''vendor_viewer'') from pg_sleep(($1 ->> ''pause'')::float)',
      ${sql.json({ who: `${key}_${crypto.randomUUID()}`, pause })},
      null,
      ${sql.json({ key, method: "POST", path: "/v1/members", request_hash: "h", status: 201 })}
    )`;
  return row!;
}

Deno.test("requests with an Idempotency-Key do their work once", async (t) => {
  const sql = connect(20);
  try {
    const vendor = await createVendor(sql);
    const admin = await createMember(sql, vendor, "vendor_admin");
    const members = async (prefix: string) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int from public.user_links as l join public.users as u on u.id = l.user_id
        where l.vendor_id = ${vendor} and starts_with(u.appwrite_user_id, ${prefix})`;
      return row!.count;
    };

    await t.step("fifty at once: one works, the others get 409 or its answer", async () => {
      const key = unique("fifty");
      const answers = await Promise.all(Array.from({ length: 50 }, () => {
        let replay = "";
        const call = invite(sql, admin, key, 0.05).then(({ replayed }) => replay = replayed ? "replayed" : "worked");
        return outcome(call).then((result) => result === "done" ? replay : result);
      }));
      const counts = tally(answers);
      strictEqual(counts.worked, 1);
      strictEqual((counts.worked ?? 0) + (counts.replayed ?? 0) + (counts["409 idempotency-key-in-use"] ?? 0), 50);
      strictEqual(await members(key), 1);
      strictEqual((await invite(sql, admin, key)).replayed, true, "and later the answer is repeated");
    });

    await t.step("a second request does not wait for the first", async () => {
      const key = unique("slow");
      const first = invite(sql, admin, key, 1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const started = performance.now();
      strictEqual(await outcome(invite(sql, admin, key)), "409 idempotency-key-in-use");
      ok(performance.now() - started < 500, "it was told at once");
      const { body } = await first;
      deepStrictEqual(JSON.parse((await invite(sql, admin, key)).body), JSON.parse(body));
    });

    await t.step("work that was undone leaves the key free", async () => {
      const key = unique("undone");
      const fail = sql.begin(async (tx) => {
        await tx`select app.enter_request(app.begin_request(${admin}))`;
        await tx`select app.claim_idempotency_key(${key}, 'POST', '/v1/members', 'h')`;
        await tx`select public.invite_member(${`${key}_x`}, 'vendor_viewer')`;
        await tx`select app.complete_idempotency_key(${key}, 'POST', '/v1/members', 'h', 201, '{}', '{}')`;
        throw new Error("the process died before the commit");
      });
      strictEqual(await fail.catch((error) => error.message), "the process died before the commit");
      strictEqual(await members(key), 0);
      strictEqual((await invite(sql, admin, key)).replayed, false);
      strictEqual(await members(key), 1);
    });

    await t.step("an answer of 8 MB is repeated whole", async () => {
      const key = unique("large");
      const call = () =>
        sql<{ replayed: boolean; body: string }[]>`
          select replayed, body from app.call_once(
            app.begin_request(${admin}),
            'select jsonb_agg(md5(n::text)) from generate_series(1, 220000) as n', '{}', null,
            ${sql.json({ key, method: "POST", path: "/v1/large", request_hash: "h" })}
          )`;
      const [first] = await call();
      const [second] = await call();
      strictEqual(first!.replayed, false);
      strictEqual(second!.replayed, true);
      ok(first!.body.length > 7_000_000 && first!.body === second!.body);
    });
  } finally {
    await sql.end();
  }
});
