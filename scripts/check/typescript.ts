/** Format, lint and types of TypeScript, by Deno itself; the functions also with the version that runs them hosted. */
import { join, relative } from "node:path";
import { root } from "../migrations/sources.ts";
import { denoBinary } from "../test/deno_tests.ts";
import type { Problem } from "./problem.ts";

/** Files that `deno fmt` would write differently; with `fix` it writes them. */
export async function checkFormat({ fix }: { fix: boolean }): Promise<Problem[]> {
  const { success, text } = await deno(Deno.execPath(), ["fmt", ...(fix ? [] : ["--check"])]);
  if (success) return [];
  const files = [...text.matchAll(/^(?:from|Error formatting:) (\S+?):?\n\s*(\d+)?/gm)];
  if (files.length === 0) return [{ file: "deno.json", line: 1, message: text.trim() }];
  return files.map(([, path, line]) => ({
    file: relative(root, path ?? ""),
    line: Number(line ?? 1),
    message: line ? "format it as deno fmt does" : "correct the syntax",
    fixable: line !== undefined,
  }));
}

type Lint = {
  diagnostics: { filename: string; range: { start: { line: number } }; message: string; code: string; hint?: string }[];
  errors: { file_path: string; message: string }[];
};

/** What `deno lint` finds. */
export async function checkLint(): Promise<Problem[]> {
  const { success, text } = await deno(Deno.execPath(), ["lint", "--json"]);
  if (success) return [];
  const { diagnostics, errors }: Lint = JSON.parse(text.slice(text.indexOf("{\n"), text.lastIndexOf("}") + 1));
  return [
    ...diagnostics.map(({ filename, range, message, code, hint }) => ({
      file: relative(root, filename.replace("file://", "")),
      line: range.start.line,
      message: `${message} (${code})${hint ? `: ${hint}` : ""}`,
    })),
    ...errors.map(({ file_path, message }) => ({
      file: relative(root, file_path.replace("file://", "")),
      line: 1,
      message: message.split("\n")[0] ?? "",
    })),
  ];
}

/** What the type checker finds in everything, and in the functions with the hosted Deno. */
export async function checkTypes(): Promise<Problem[]> {
  // The console apart: it is checked against a browser's globals.
  const current = [
    ...await typeProblems("current", ["functions", "scripts", "tests"]),
    ...await typeProblems("current", ["console"]),
  ];
  if (current.length > 0) return current;
  // `Uint8Array<ArrayBuffer>` is of TypeScript 5.7; that of Deno 2.1.4 is older. Nothing of it is left at run time.
  const hosted = (await hostedTypeProblems()).filter(({ message }) => !message.includes("'Uint8Array' is not generic"));
  return hosted.map((problem) => ({ ...problem, message: `on hosted Deno: ${problem.message}` }));
}

/** Deno 2.1.4 does not find a package's types in @types by itself, so the import map of this check names them. */
async function hostedTypeProblems(): Promise<Problem[]> {
  const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    await Deno.readTextFile(join(root, "package.json")),
  );
  for (const [name, version] of Object.entries(devDependencies)) {
    const typed = name.replace("@types/", "");
    if (name.startsWith("@types/") && config.imports[typed]) config.imports[typed] = `npm:${name}@${version}`;
  }
  const importMap = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(importMap, JSON.stringify({ imports: config.imports }));
    return await typeProblems("hosted", await functionEntrypoints(), ["--import-map", importMap]);
  } finally {
    await Deno.remove(importMap);
  }
}

async function typeProblems(
  version: "current" | "hosted",
  targets: string[],
  flags: string[] = [],
): Promise<Problem[]> {
  const existing = await Promise.all(
    targets.map((target) => Deno.stat(join(root, target)).then(() => true, () => false)),
  );
  const { success, text } = await deno(denoBinary(version), [
    "check",
    ...flags,
    ...targets.filter((_, index) => existing[index]),
  ]);
  if (success) return [];
  const found = [...text.matchAll(/(?:^|\n)(TS\d+ \[ERROR\]: [\s\S]*?)\n\s+at file:\/\/([^\s:]+):(\d+):\d+/g)];
  if (found.length === 0) {
    const [, path, line] = /at file:\/\/([^\s:]+):(\d+):\d+/.exec(text) ?? [];
    const message = text.slice(text.search(/^error: /m)).split("\n")[0] ?? text;
    return [{ file: path ? relative(root, path) : "deno.json", line: Number(line ?? 1), message }];
  }
  return found.map(([, message, path, line]) => ({
    file: relative(root, path ?? ""),
    line: Number(line),
    message: (message ?? "").split("\n").slice(0, -2).join(" ") || (message ?? ""),
  }));
}

async function functionEntrypoints(): Promise<string[]> {
  const folders = await Array.fromAsync(Deno.readDir(join(root, "functions")));
  return folders.filter((entry) => entry.isDirectory && !/^[_.]/.test(entry.name))
    .map((entry) => `functions/${entry.name}/index.ts`);
}

async function deno(binary: string, args: string[]): Promise<{ success: boolean; text: string }> {
  const { success, stdout, stderr } = await new Deno.Command(binary, {
    args,
    cwd: root,
    stdin: "null",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
