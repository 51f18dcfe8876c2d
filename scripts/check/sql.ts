/** Format and lint of every SQL file that people write, with Postgres's own parser. */
import { join, relative } from "node:path";
import { loadModule } from "@libpg-query/parser";
import { root } from "../migrations/sources.ts";
import { lineAt, type Problem } from "./problem.ts";
import { checkSqlCase, lowerSqlCase } from "./sql_case.ts";
import { checkSqlFileName } from "./sql_file_name.ts";
import { checkSqlFunctions } from "./sql_functions.ts";
import { parseStatements, SqlSyntaxError, type Statement } from "./sql_statements.ts";
import { checkSqlText, tidySqlText } from "./sql_text.ts";
import { breakWideLines, checkSqlWidth } from "./sql_width.ts";

const folders = ["sql", "tests/database", "scripts"];

/** How many files one parser reads. What npm has of Postgres's breaks after many hundreds: all it is given then is wrong. */
const mostFiles = 250;

/** A file to check; `isSource` where it ends up in a migration. */
export type SqlFile = { path: string; isSource: boolean };

/** Checks all files, some at a time side by side; with `fix` rewrites what needs no judgement first. */
export async function checkSql({ fix }: { fix: boolean }): Promise<Problem[]> {
  const files: SqlFile[] = [];
  for (const folder of folders) {
    for await (const path of sqlFilesUnder(join(root, folder))) files.push({ path, isSource: folder === "sql" });
  }
  const parts = Array.from(
    { length: Math.ceil(files.length / mostFiles) },
    (_, part) => files.slice(part * mostFiles, (part + 1) * mostFiles),
  );
  return (await Promise.all(parts.map((part) => checkBeside(part, fix)))).flat();
}

/** Checks files in a worker, which has a parser of its own. */
function checkBeside(files: SqlFile[], fix: boolean): Promise<Problem[]> {
  const worker = new Worker(new URL("./sql_worker.ts", import.meta.url), { type: "module" });
  return new Promise<Problem[]>((done, fail) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new Error(event.message));
    };
    worker.postMessage({ files, fix });
  }).finally(() => worker.terminate());
}

/** Checks files with the parser of this thread. */
export async function checkFiles(files: SqlFile[], fix: boolean): Promise<Problem[]> {
  await loadModule();
  const problems: Problem[] = [];
  for (const { path, isSource } of files) {
    const written = await Deno.readTextFile(path);
    const text = fix ? fixed(written, isSource) : written;
    if (text !== written) await Deno.writeTextFile(path, text);
    problems.push(...checkFile(relative(root, path), text, isSource));
  }
  return problems;
}

function fixed(text: string, isSource: boolean): string {
  const tidy = lowerSqlCase(tidySqlText(text));
  return isSource ? breakWideLines(tidy) : tidy;
}

/** One file. `isSource` adds the rules for what ends up in a migration. */
export function checkFile(file: string, text: string, isSource: boolean): Problem[] {
  const problems = [...checkSqlText(file, text), ...checkSqlCase(file, text)];
  // An assertion of a test reads best on one line, however long.
  if (!isSource) return problems;
  problems.push(...checkSqlWidth(file, text));
  let statements: Statement[];
  try {
    statements = parseStatements(text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return [...problems, { file, line: lineAt(text, error.offset), message: `${error.message}: correct it` }];
  }
  return [...problems, ...checkSqlFunctions(file, text, statements), ...checkSqlFileName(file, statements)];
}

async function* sqlFilesUnder(folder: string): AsyncGenerator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* sqlFilesUnder(path);
    else if (entry.name.endsWith(".sql")) yield path;
  }
}
