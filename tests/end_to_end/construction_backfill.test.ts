/** A hundred thousand slug-only jobs get their uuids while people go on posting. */
import { ok, strictEqual } from "node:assert";
import postgres from "postgres";
import { stack, unique } from "./people.ts";

Deno.test("backfill: 100,000 jobs in batches while inserts continue, none waits long", async () => {
  const sql = postgres(stack.databaseUrl, { max: 4, onnotice: () => {} });
  try {
    const [owner] = await sql<{ id: string }[]>`select app.ensure_user(${`backfill-${unique}`}) as id`;
    const insert = (from: number, to: number) =>
      sql`
        insert into public.jobs (owner_id, micro_id)
        select ${owner!.id}, case when n % 1000 = 0 then 'no-such-' || n % 7000 else s.slugs[n % 96 + 1] end
        from generate_series(${from}::int, ${to}::int) as n,
          (select array_agg(slug) as slugs from public.micro_services) as s`;
    await Promise.all([insert(1, 50_000), insert(50_001, 100_000)]);

    let busy = true;
    let inserted = 0;
    let longest = 0;
    const posting = (async () => {
      while (busy) {
        const started = performance.now();
        await sql`insert into public.jobs (owner_id, micro_id) values (${owner!.id}, 'paving')`;
        longest = Math.max(longest, performance.now() - started);
        inserted++;
        await new Promise((done) => setTimeout(done, 2));
      }
    })();
    const started = performance.now();
    // Two at once take turns: neither waits for rows the other has.
    let batches = 0;
    const backfill = async () => {
      for (let migrated = 10_000; migrated === 10_000; batches++) {
        [{ migrated }] = await sql<[{ migrated: number }]>`select * from public.migrate_job_uuids(10000)`;
      }
    };
    await Promise.all([backfill(), backfill()]);
    busy = false;
    await posting;
    const seconds = (performance.now() - started) / 1000;
    await sql`select * from public.migrate_job_uuids()`;
    console.log(
      `backfill: ${seconds.toFixed(1)} s, ${batches} batches, ${inserted} inserts beside, longest ${
        longest.toFixed(0)
      } ms`,
    );
    const [left] =
      await sql`select migratable_jobs, orphaned_jobs, completion_pct from public.get_uuid_migration_stats()`;
    strictEqual(Number(left!.migratable_jobs), 0);
    strictEqual(left!.completion_pct, "100.00");
    ok(Number(left!.orphaned_jobs) >= 100);
    ok(inserted > 10 && longest < 1000, `${inserted} inserts, the longest took ${longest} ms`);
    const [wrong] = await sql`
      select count(*)::int as n from public.jobs
      where owner_id = ${owner!.id} and micro_id not like 'no-such-%' and micro_uuid is null`;
    strictEqual(wrong!.n, 0);

    // An owner of so many jobs must not be met by each of them for each of the others: that took half a minute.
    const related = await sql.begin(async (tx) => {
      await tx`set local statement_timeout = '10s'`;
      return await tx`select slug from public.recommend_micro_services('paving', 3)`;
    });
    strictEqual(related.length, 3);

    const [back] = await sql`select * from public.rollback_job_uuids(10000)`;
    strictEqual(back!.rolled_back, 10_000);
    const [kept] = await sql`
      select count(*)::int as n, count(micro_uuid)::int as uuids from public.jobs where owner_id = ${owner!.id}`;
    strictEqual(kept!.n, 100_000 + inserted);
    strictEqual(kept!.uuids, 100_000 - 100 + inserted - 10_000);
  } finally {
    await sql`delete from public.users where appwrite_user_id = ${`backfill-${unique}`}`;
    await sql.end();
  }
});
