import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { connect, createMember, createVendor, outcome, tally } from "./database_people.ts";

Deno.test("of two admins who remove each other at once, one stays", async () => {
  const sql = connect(4);
  try {
    for (let round = 0; round < 10; round++) {
      const vendor = await createVendor(sql);
      const admins = [
        await createMember(sql, vendor, "vendor_admin"),
        await createMember(sql, vendor, "vendor_admin"),
      ];
      // Both are let in before either acts; from then on only the lock on the vendor's members decides.
      const claims = await Promise.all(admins.map(async (admin) => {
        const [row] = await sql`select app.begin_request(${admin}) as claims`;
        return row!.claims;
      }));
      const ids = await Promise.all(admins.map(async (admin) => {
        const [row] = await sql`
          select l.id from public.user_links as l join public.users as u on u.id = l.user_id
          where u.appwrite_user_id = ${admin}`;
        return row!.id as string;
      }));
      const remove = (actor: number, other: number) =>
        outcome(sql.begin((tx) => [
          tx`select app.enter_request(${tx.json(claims[actor])})`,
          tx`select public.remove_member(${ids[other]!})`,
        ]));
      const results = await Promise.all([remove(0, 1), remove(1, 0)]);
      deepStrictEqual(tally(results), { done: 1, "409 last-admin": 1 });
      const left = await sql`
        select from public.user_links where vendor_id = ${vendor} and role = 'vendor_admin' and status = 'active'`;
      strictEqual(left.length, 1);
    }
  } finally {
    await sql.end();
  }
});
