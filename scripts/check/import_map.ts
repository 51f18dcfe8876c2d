/**
 * functions/import_map.json is what a hosted project resolves the functions' imports with: those of deno.json that
 * they use, and nothing else. deno.json itself will not do there: it says that node_modules is installed by npm.
 */
import { join } from "node:path";
import { root } from "../migrations/sources.ts";
import type { Problem } from "./problem.ts";

const file = "functions/import_map.json";

/** A problem when the file differs from what deno.json and the functions say; with `fix` it is written. */
export async function checkImportMap({ fix }: { fix: boolean }): Promise<Problem[]> {
  const { imports }: { imports: Record<string, string> } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const used = await importedNames(join(root, "functions"));
  const wanted = Object.fromEntries(
    Object.entries(imports).filter(([name]) =>
      [...used].some((specifier) => name.endsWith("/") ? specifier.startsWith(name) : specifier === name)
    ),
  );
  const text = JSON.stringify({ imports: wanted }, null, 2) + "\n";
  const present = await Deno.readTextFile(join(root, file)).catch(() => "");
  if (present === text) return [];
  if (!fix) return [{ file, line: 1, message: "differs from deno.json and what the functions import", fixable: true }];
  await Deno.writeTextFile(join(root, file), text);
  return [];
}

async function importedNames(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) (await importedNames(path)).forEach((name) => names.add(name));
    else if (/\.tsx?$/.test(entry.name)) {
      const text = await Deno.readTextFile(path);
      for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*"([^".][^"]*)"/g)) names.add(name ?? "");
    }
  }
  return names;
}
