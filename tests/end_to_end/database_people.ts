/** Vendors and people for tests of the database with several real connections. */
import postgres from "postgres";

export type Sql = postgres.Sql;

/** A pool of so many connections to the stack's database, as its owner; the caller ends it. */
export function connect(max: number): Sql {
  const url = Deno.env.get("SUPABASE_DB_URL");
  if (!url) throw new Error("SUPABASE_DB_URL is not set; run these tests with npm test");
  return postgres(url, { max, onnotice: () => {} });
}

/** A word that no other test uses. */
export function unique(word: string): string {
  return `${word}_${crypto.randomUUID().slice(0, 8)}`;
}

/** A new vendor; returns its id. */
export async function createVendor(sql: Sql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select (public.create_vendor(${unique("v")}, 'A vendor')).id`;
  return row!.id;
}

/** A new person with a role in a vendor; returns their Appwrite id. */
export async function createMember(sql: Sql, vendorId: string, role: string): Promise<string> {
  const name = unique("aw");
  await sql`select app.ensure_member(${vendorId}, app.ensure_user(${name}), ${role})`;
  return name;
}

/** The problem a statement ended with, as `status type`; `done` when it passed. */
export async function outcome(statement: PromiseLike<unknown>): Promise<string> {
  try {
    await statement;
    return "done";
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !error.code.startsWith("PT")) throw error;
    return `${error.code.slice(2)} ${JSON.parse(error.detail ?? "{}").type}`;
  }
}

/** How often each value occurs. */
export function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
