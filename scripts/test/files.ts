/** Finds the test files, grouped by the folder that says how they are run. */
import { join } from "node:path";

const endings = {
  database: ".test.sql",
  functions: ".test.ts",
  commands: ".test.ts",
  end_to_end: ".test.ts",
  faults: ".test.ts",
};

type Group = keyof typeof endings;

/** Those that take longest, begun first: else one of them is left alone at the end. */
const longest = ["ingest_real_files", "console", "platform_start", "ingest_damaged_files", "cli_new_service"];

/**
 * The files of `tests/<group>` whose path contains one of `words` (all of them when there are none), sorted: the longest
 * first, the others by name.
 */
export async function testFiles(root: string, words: string[]): Promise<Record<Group, string[]>> {
  const found = { database: [], functions: [], commands: [], end_to_end: [], faults: [] } as Record<Group, string[]>;
  for (const group of Object.keys(endings) as Group[]) {
    const files = await listFiles(join(root, "tests", group), endings[group]);
    found[group] = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }
  return found;
}

function rank(file: string): number {
  const at = longest.findIndex((name) => file.endsWith(`/${name}.test.ts`));
  return at < 0 ? longest.length : at;
}

async function listFiles(folder: string, ending: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) files.push(...await listFiles(path, ending));
    else if (entry.name.endsWith(ending)) files.push(path);
  }
  return files;
}
