import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { connect, createMember, createVendor, type Sql, tally } from "./database_people.ts";

interface Answer {
  problem: { status: number } | null;
  limits: { name: string; remaining: number }[];
}

/** A vendor with the platform's own numbers: those of the stack under test are raised. */
async function createLimitedVendor(sql: Sql): Promise<string> {
  const id = await createVendor(sql);
  const settings = { rate_limits: { user: 60, vendor: 600, ingest: 6 } };
  await sql`update public.vendors set settings_json = ${sql.json(settings)} where id = ${id}`;
  return id;
}

Deno.test("limits are exact with twenty connections at once", async (t) => {
  const sql = connect(20);
  try {
    const vendor = await createLimitedVendor(sql);
    const people = await Promise.all(Array.from({ length: 20 }, () => createMember(sql, vendor, "vendor_viewer")));
    const open = async (person: string, routeClass = "api") => {
      const [row] = await sql<{ answer: Answer }[]>`
        select app.open_request(${person}, route_class => ${routeClass}, at => '2030-01-01 12:00:10+00') as answer`;
      return row!.answer;
    };
    const used = async (name: string, subject: string) => {
      const [row] = await sql<{ used: number }[]>`
        select used from app.rate_limit_buckets where name = ${name} and subject = ${subject}`;
      return row!.used;
    };

    await t.step("a user: 60 of 100", async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => open(people[0]!)));
      strictEqual(answers.filter(({ problem }) => problem === null).length, 60);
      const left = answers.filter(({ problem }) => !problem).map(({ limits }) => limits[0]!.remaining);
      deepStrictEqual(left.sort((a, b) => a - b), Array.from({ length: 60 }, (_, n) => n), "each number was told once");
      strictEqual(await used("vendor", vendor), 60, "what the user's limit refused took nothing from the vendor");
    });

    await t.step("a vendor: 600, whoever asks", async () => {
      const calls = Array.from({ length: 760 }, (_, n) => open(people[1 + n % 19]!));
      const answers = await Promise.all(calls);
      deepStrictEqual(tally(answers.map(({ problem }) => `${problem?.status ?? 200}`)), { 200: 540, 429: 220 });
      strictEqual(await used("vendor", vendor), 600);
      const [row] = await sql<{ used: number }[]>`
        select sum(used)::int as used from app.rate_limit_buckets where name = 'user' and subject in ${sql(people)}`;
      strictEqual(row!.used, 600, "what the vendor's limit refused took nothing from the users");
    });

    await t.step("ingest: 6, while other calls go on", async () => {
      const other = await createLimitedVendor(sql);
      const persons = await Promise.all(Array.from({ length: 5 }, () => createMember(sql, other, "vendor_operator")));
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, n) => open(persons[n % 5]!, n % 2 ? "api" : "ingest")),
      );
      strictEqual(answers.filter(({ problem }) => problem === null).length, 26);
      strictEqual(await used("ingest", other), 6);
      strictEqual(await used("vendor", other), 26);
    });
  } finally {
    await sql.end();
  }
});
