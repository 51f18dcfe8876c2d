import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { connect, unique } from "./database_people.ts";

Deno.test("the audit log is sealed behind its writers", async (t) => {
  const sql = connect(12);
  const write = (entity: string, tx: typeof sql = sql) => tx`select app.write_audit('test.written', ${entity})`;
  const seal = async () => {
    let sealed = 0;
    for (;;) {
      const [row] = await sql<{ n: number }[]>`select app.seal_audit_log(500) as n`;
      sealed += row!.n;
      if (row!.n === 0) return sealed;
    }
  };
  const sealedOf = async (entity: string) => {
    const rows = await sql`
      select from app.audit_seals as s join public.audit_log as a on a.id = s.audit_id where a.entity = ${entity}`;
    return rows.length;
  };
  /** Seals until so many rows have a seal: rows wait for every transaction before them, those of others included. */
  const sealUntil = async (entity: string, count: number) => {
    for (const end = performance.now() + 20_000; await sealedOf(entity) < count && performance.now() < end;) {
      await seal();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const verify = async () => (await sql`select public.verify_audit_log() as v`)[0]!.v;
  try {
    await t.step("a row whose transaction is open is not skipped, and nothing after it is sealed", async () => {
      const [slow, quick] = [unique("slow"), unique("quick")];
      const commit = Promise.withResolvers<void>();
      const written = Promise.withResolvers<void>();
      const open = sql.begin(async (tx) => {
        await write(slow, tx as unknown as typeof sql);
        written.resolve();
        await commit.promise;
      });
      await written.promise;
      await write(quick);
      await seal();
      deepStrictEqual([await sealedOf(slow), await sealedOf(quick)], [0, 0]);
      commit.resolve();
      await open;
      await sealUntil(quick, 1);
      deepStrictEqual([await sealedOf(slow), await sealedOf(quick)], [1, 1]);
    });

    await t.step("writers and sealers at once: every row once, in an unbroken chain", async () => {
      const entity = unique("busy");
      let writing = true;
      const sealers = [1, 2, 3].map(async () => {
        while (writing) {
          await sql`select app.seal_audit_log(50)`;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });
      await Promise.all(Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 50; n++) {
          const rollback = n % 10 === 9;
          await sql.begin(async (tx) => {
            await write(entity, tx as unknown as typeof sql);
            await write(entity, tx as unknown as typeof sql);
            if (rollback) throw "undone";
          }).catch((error) => ok(error === "undone", error));
        }
      }));
      writing = false;
      await Promise.all(sealers);
      await sealUntil(entity, 8 * 45 * 2);
      strictEqual(await sealedOf(entity), 8 * 45 * 2);
      const found = await verify();
      strictEqual(found.first_broken, null);
      strictEqual(found.valid, true);
      strictEqual(found.to_seq, found.head.seq);
      const [numbers] =
        await sql`select count(*) = max(seq) and count(distinct seq) = count(*) as whole from app.audit_seals`;
      strictEqual(numbers!.whole, true);
    });
  } finally {
    await sql.end();
  }
});
