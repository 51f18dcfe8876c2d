/** The SQL sources in the order in which they apply: `[db.migrations].schema_paths` of supabase/config.toml. */
import { dirname, join, relative } from "node:path";
import { globToRegExp } from "deno-std/path/glob_to_regexp.js";
import { parse } from "deno-std/toml/parse.js";

/** The repository's root. */
export const root = dirname(dirname(import.meta.dirname!));

/** One file of `sql/`; `path` is absolute, `domain` the folder under `sql/` (`ingestion`, `ingestion/operations`). */
export type SqlSource = { domain: string; path: string };

/** A mistake in the list or in the files it names; the message says what to change. */
export class SqlSourceError extends Error {}

/** Every file of `sql/`, once, in the listed order. Fails when the list and the folder disagree. */
export async function sqlSources(projectRoot = root): Promise<SqlSource[]> {
  const configFile = join(projectRoot, "supabase", "config.toml");
  const patterns = schemaPaths(await Deno.readTextFile(configFile));
  const files = (await sqlFiles(join(projectRoot, "sql"))).sort();
  const ordered = new Set<string>();
  for (const pattern of patterns) {
    const expression: RegExp = globToRegExp(join(projectRoot, "supabase", pattern));
    const matches = files.filter((file) => expression.test(file));
    if (matches.length === 0 && !pattern.includes("*")) {
      throw new SqlSourceError(`supabase/config.toml: schema_paths names ${pattern}, which does not exist`);
    }
    matches.forEach((file) => ordered.add(file));
  }
  const forgotten = files.filter((file) => !ordered.has(file)).map((file) => relative(projectRoot, file));
  if (forgotten.length > 0) {
    throw new SqlSourceError(
      `supabase/config.toml: schema_paths matches none of ${forgotten.join(", ")}; add the folder to the list`,
    );
  }
  return [...ordered].map((path) => ({ path, domain: relative(join(projectRoot, "sql"), dirname(path)) }));
}

function schemaPaths(configText: string): string[] {
  const paths: unknown = parse(configText)?.db?.migrations?.schema_paths;
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== "string")) {
    throw new SqlSourceError("supabase/config.toml: [db.migrations] schema_paths must be a list of strings");
  }
  return paths as string[];
}

async function sqlFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) found.push(...await sqlFiles(path));
    else if (entry.name.endsWith(".sql")) found.push(path);
  }
  return found;
}
