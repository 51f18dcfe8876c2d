/** Tells which functions a changed file belongs to. */
import { basename, join, relative, sep } from "node:path";

/** An editor writes a file in several steps; changes this close together count as one. */
const quietMs = 150;

/** A running watch. */
export type Watch = { close(): void };

/**
 * Watches `functions/` and `deno.json` under `root`. `changed` gets the names of the functions to reload: the one
 * whose folder the file is in, or all of them for a shared file.
 */
export function watchFunctions(root: string, names: string[], changed: (names: string[]) => void): Watch {
  const folder = join(root, "functions");
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (path: string) => {
    const [first = ""] = relative(folder, path).split(sep);
    for (const name of names.includes(first) ? [first] : names) pending.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed([...pending]);
      pending.clear();
    }, quietMs);
  };
  const watchers = [Deno.watchFs(folder), Deno.watchFs(root, { recursive: false })];
  const [code, settings] = watchers;
  follow(code!, (path) => isSource(path), note);
  follow(settings!, (path) => path === join(root, "deno.json"), note);
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function follow(watcher: Deno.FsWatcher, wanted: (path: string) => boolean, note: (path: string) => void) {
  for await (const { kind, paths } of watcher) {
    if (kind !== "access") paths.filter(wanted).forEach(note);
  }
}

/** Editors also write swap and backup files. */
function isSource(path: string): boolean {
  return /^[^.].*\.(ts|js|json|sql|html|css|csv)$/.test(basename(path));
}
