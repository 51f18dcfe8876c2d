/** What a database is built like, as text lines that can be compared. */
import { join } from "node:path";
import postgres from "postgres";

/** A snapshot: one line a fact of the catalogue, then one line for each filled table with its number of rows. */
export async function catalogueOf(superuserUrl: string): Promise<string[]> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`set search_path = ''`;
    const facts = await sql.unsafe<{ line: string }[]>(
      await Deno.readTextFile(join(import.meta.dirname!, "catalogue.sql")),
    );
    return [...facts.map(({ line }) => line), ...await rowCounts(sql)];
  } finally {
    await sql.end();
  }
}

async function rowCounts(sql: postgres.Sql): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_catalog.pg_class as c
    where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'app', 'storage', 'pgmq')
    order by 1`;
  const counts: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ count: string }[]>(`select count(*) from ${name}`);
    if (row && row.count !== "0") counts.push(`rows ${name}: ${row.count}`);
  }
  return counts;
}

/** The lines that only one of two snapshots has, as in a diff: `- ` for the first, `+ ` for the second. */
export function catalogueDifference(first: string[], second: string[]): string[] {
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  return [
    ...first.filter((line) => !inSecond.has(line)).map((line) => `- ${line}`),
    ...second.filter((line) => !inFirst.has(line)).map((line) => `+ ${line}`),
  ];
}
