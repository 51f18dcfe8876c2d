/**
 * Sources apply with `check_function_bodies = off`, so that a function may call one made later. Once everything is
 * there, each body is checked: `language sql` fully (names, columns, types), plpgsql for its syntax.
 */
import postgres from "postgres";

/** One line for each function of ours whose body Postgres refuses. */
export async function brokenFunctionBodies(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const broken: string[] = [];
  try {
    await sql.begin(async (tx) => {
      await tx`set local check_function_bodies = on`;
      const functions = await tx<{ name: string; definition: string }[]>`
        select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition
        from pg_proc as p
        where p.pronamespace::regnamespace::text in ('public', 'app') and p.prokind <> 'a'
          and pg_has_role(p.proowner, 'member')
        order by 1`;
      for (const { name, definition } of functions) {
        await tx.savepoint((point) => point.unsafe(definition)).catch((error: Error) => {
          broken.push(`${name}: ${error.message}`);
        });
      }
    });
    return broken;
  } finally {
    await sql.end();
  }
}
