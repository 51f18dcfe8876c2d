/** Assembles `supabase/migrations` from `sql/`: one file for each run of consecutive sources of one folder. */
import { join, relative } from "node:path";
import { root, type SqlSource, sqlSources } from "./sources.ts";

/** A migration: the file's name and its whole text. */
export type Migration = { name: string; text: string };

/** How a file of supabase/migrations differs from what `sql/` yields. */
export type StaleFile = { name: string; reason: "missing" | "out of date" | "not from sql/" };

const folder = join(root, "supabase", "migrations");

/**
 * Until 1.0 the migrations are rewritten in place, so their versions are positions in the list, not times of day:
 * 20260101 and a counter.
 */
const firstVersion = 20260101000000;

/** The migrations that the sources yield, in order. */
export async function assembleMigrations(): Promise<Migration[]> {
  const seen = new Map<string, number>();
  const migrations: Migration[] = [];
  for (const [index, run] of consecutiveRuns(await sqlSources()).entries()) {
    const label = run.domain.replaceAll("/", "_");
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    migrations.push({
      name: `${firstVersion + index + 1}_${label}${count > 1 ? `_${count}` : ""}.sql`,
      text: await migrationText(run),
    });
  }
  return migrations;
}

type Run = { domain: string; paths: string[] };

function consecutiveRuns(sources: SqlSource[]): Run[] {
  const runs: Run[] = [];
  for (const { domain, path } of sources) {
    const last = runs.at(-1);
    if (last?.domain === domain) last.paths.push(path);
    else runs.push({ domain, paths: [path] });
  }
  return runs;
}

async function migrationText({ domain, paths }: Run): Promise<string> {
  const parts = [
    `-- Generated from sql/${domain}/ by npm run migrations. Do not edit: change the sources and run it again.\n` +
    "-- Bodies are not checked here, because functions may call ones that a later file makes.\n" +
    "set check_function_bodies = off;\n" +
    "set lock_timeout = '10s';\n" +
    "set statement_timeout = '10min';\n",
  ];
  for (const path of paths) parts.push(`-- ${relative(root, path)}\n${(await Deno.readTextFile(path)).trimEnd()}\n`);
  return parts.join("\n");
}

/** The files that differ from what the sources yield. */
export async function staleFiles(): Promise<StaleFile[]> {
  const wanted = new Map((await assembleMigrations()).map(({ name, text }) => [name, text]));
  const present = await presentFiles();
  const stale: StaleFile[] = present.filter((name) => !wanted.has(name))
    .map((name) => ({ name, reason: "not from sql/" }));
  for (const [name, text] of wanted) {
    if (!present.includes(name)) stale.push({ name, reason: "missing" });
    else if (await Deno.readTextFile(join(folder, name)) !== text) stale.push({ name, reason: "out of date" });
  }
  return stale;
}

/** Writes the migrations and removes files that no source yields. Returns what changed. */
export async function writeMigrations(): Promise<StaleFile[]> {
  await Deno.mkdir(folder, { recursive: true });
  const stale = await staleFiles();
  const wanted = new Map((await assembleMigrations()).map(({ name, text }) => [name, text]));
  for (const { name } of stale) {
    const text = wanted.get(name);
    if (text === undefined) await Deno.remove(join(folder, name));
    else await Deno.writeTextFile(join(folder, name), text);
  }
  return stale;
}

async function presentFiles(): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name)
      .filter((name) => name.endsWith(".sql")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
