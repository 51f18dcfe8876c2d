import { deepEqual } from "node:assert/strict";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");

Deno.test(".env.example names every setting of functions/_shared/settings.ts", async () => {
  const settings = await Deno.readTextFile(join(root, "functions", "_shared", "settings.ts"));
  const example = await Deno.readTextFile(join(root, ".env.example"));
  const read = [...settings.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  const documented = new Set([...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
  deepEqual(read.filter((name) => !documented.has(name)), []);
});
