/** Finds the test files, grouped by the folder that says how they are run. */
import { join } from "node:path";

const endings = { database: ".test.sql", functions: ".test.ts", end_to_end: ".test.ts", faults: ".test.ts" };

type Group = keyof typeof endings;

/** The files of `tests/<group>` whose path contains one of `words` (all of them when there are none), sorted. */
export async function testFiles(root: string, words: string[]): Promise<Record<Group, string[]>> {
  const found = { database: [], functions: [], end_to_end: [], faults: [] } as Record<Group, string[]>;
  for (const group of Object.keys(endings) as Group[]) {
    const files = await listFiles(join(root, "tests", group), endings[group]);
    found[group] = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word))).sort();
  }
  return found;
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
