/** `npm run migrations`: writes supabase/migrations from sql/ and proves that both build the same database. */
import { readFlags, runCommand } from "./_cli/flags.ts";
import { staleFiles, writeMigrations } from "./migrations/generate.ts";
import { proveEquality } from "./migrations/prove.ts";
import { SqlSourceError, sqlSources } from "./migrations/sources.ts";
import { CommandError } from "./_cli/flags.ts";

const help = `npm run migrations [-- FLAGS]

Assembles supabase/migrations from sql/, in the order of [db.migrations].schema_paths in supabase/config.toml, one
file a domain. Then applies the sources to one empty database and the migrations to another, and compares their
catalogues: tables, columns, constraints, indexes, functions, policies, grants, triggers, comments.

  --check      write nothing; fail when the files are out of date
  --no-prove   leave the comparison out
  --help       this text`;

await runCommand(async () => {
  const { values } = readFlags({
    help,
    options: { check: { type: "boolean" }, "no-prove": { type: "boolean" } },
  });
  const sources = await sqlSources().catch((error) => {
    throw error instanceof SqlSourceError ? new CommandError(error.message) : error;
  });
  const stale = values.check ? await staleFiles() : await writeMigrations();
  for (const { name, reason } of stale) {
    const done = reason === "not from sql/" ? "removed" : "wrote";
    console.log(values.check ? `supabase/migrations/${name}: ${reason}` : `${done} supabase/migrations/${name}`);
  }
  if (values.check && stale.length > 0) throw new CommandError("Out of date: run npm run migrations.");
  console.log(`supabase/migrations is up to date with ${sources.length} sources.`);
  if (values["no-prove"]) return;

  const { problems, facts } = await proveEquality();
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  console.log(`Sources and migrations build the same database (${facts} facts compared).`);
});
