/**
 * Brings a database up to date the way `supabase db push` does: each file of supabase/migrations once, in its own
 * transaction, recorded in supabase_migrations.schema_migrations; then supabase/seed.sql on a new database.
 */
import { basename, join, relative } from "node:path";
import postgres from "postgres";
import { StackError } from "./stack_error.ts";
import { root, sqlSources } from "../migrations/sources.ts";

const supabaseFolder = join(root, "supabase");

/** Applies what is missing and returns the versions applied. `url` connects as `postgres`. */
export async function applyMigrations(url: string, folder = join(supabaseFolder, "migrations")): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`create schema if not exists supabase_migrations`;
    await sql`create table if not exists supabase_migrations.schema_migrations
      (version text primary key, statements text[], name text)`;
    const rows = await sql<{ version: string; statements: string[] | null }[]>`
      select version, statements from supabase_migrations.schema_migrations`;
    const applied = new Map(rows.map((row) => [row.version, row.statements]));
    const files = [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((name) => name.endsWith(".sql"));
    await refuseRewritten(files, applied, folder);
    const missing = files.sort().filter((name) => !applied.has(versionOf(name)));
    for (const name of missing) {
      const text = await Deno.readTextFile(join(folder, name));
      await sql.begin(async (tx) => {
        await tx.unsafe(text).simple();
        await tx`insert into supabase_migrations.schema_migrations (version, name, statements)
          values (${versionOf(name)}, ${basename(name, ".sql").slice(15)}, ${[text]})`;
      }).catch((error) => {
        throw new Error(`Migration ${name} failed: ${describe(error, text)}`, { cause: error });
      });
    }
    if (applied.size === 0) await sql.file(join(supabaseFolder, "seed.sql")).simple().catch(ignoreMissingFile);
    return missing.map(versionOf);
  } finally {
    await sql.end();
  }
}

/** Until 1.0 migrations are rewritten in place, and a database made by earlier ones cannot be brought up to date. */
async function refuseRewritten(files: string[], applied: Map<string, string[] | null>, folder: string) {
  for (const name of files) {
    const recorded = applied.get(versionOf(name));
    // The CLI records one statement each; only what this applier recorded is the file as a whole.
    if (recorded?.length !== 1 || recorded[0] === await Deno.readTextFile(join(folder, name))) continue;
    throw new StackError(
      `This database was made by other migrations (${name} has changed since).`,
    );
  }
}

/**
 * Applies the sources of `sql/` in their listed order to an empty database; for tests, which need no migration
 * history. Goes on after a file that fails and returns what went wrong, one line a file.
 */
export async function applySources(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const failures: string[] = [];
  try {
    await sql`set check_function_bodies = off`;
    for (const { path } of await sqlSources()) {
      const text = await Deno.readTextFile(path);
      await sql.unsafe(`begin; ${text}\n; commit;`).simple().catch(async (error) => {
        failures.push(`${relative(root, path)}: ${describe(error, text)}`);
        await sql`rollback`;
      });
    }
    return failures;
  } finally {
    await sql.end();
  }
}

function versionOf(name: string): string {
  return name.slice(0, 14);
}

/** The message with the line of the source it belongs to. */
function describe(error: unknown, text: string): string {
  if (!(error instanceof postgres.PostgresError)) return String(error);
  const line = error.position ? text.slice(0, Number(error.position)).split("\n").length : undefined;
  return [error.message, line ? `at line ${line}` : "", error.detail, error.where].filter(Boolean).join("; ");
}

function ignoreMissingFile(error: unknown) {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
