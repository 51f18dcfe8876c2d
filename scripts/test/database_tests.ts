/**
 * Runs pgTAP files, one connection a file. There is no psql in the embedded server; the driver's simple protocol
 * yields the TAP lines row by row, so that those before an error are kept.
 */
import { join } from "node:path";
import postgres from "postgres";
import { emptyTally, type Tally } from "./tally.ts";

const root = join(import.meta.dirname!, "..", "..");

/**
 * Runs `files` (paths from the root), one file at a time on each of the databases at `urls`; these are alike and have
 * pgTAP and `tests/database/helpers.sql`. `print` is given each line.
 */
export async function runDatabaseTests(
  urls: string[],
  files: string[],
  print: (line: string) => void,
): Promise<Tally> {
  const tally = emptyTally();
  const waiting = [...files];
  await Promise.all(urls.map(async (url) => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const started = performance.now();
      const result = await runFile(url, file);
      tally.passed += result.passed;
      tally.failed += result.failed.length;
      tally.skipped += result.skipped;
      print(report(file, result, (performance.now() - started) / 1000));
    }
  }));
  return tally;
}

function report(file: string, result: FileResult, seconds: number): string {
  const name = file.replace("tests/database/", "").replace(".test.sql", "");
  const time = seconds < 2 ? "" : ` in ${seconds.toFixed(1)} s`;
  if (result.failed.length === 0) return `ok   ${name} (${result.passed})${time}`;
  return `FAIL ${name}\n${result.failed.map((text) => text.replace(/^/gm, "     ")).join("\n")}`;
}

type FileResult = { passed: number; failed: string[]; skipped: number };

async function runFile(url: string, file: string): Promise<FileResult> {
  const lines: string[] = [];
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: file.slice(-60) } });
  let error: string | undefined;
  try {
    const text = await Deno.readTextFile(join(root, file));
    await sql.unsafe(text).simple().forEach((row: Record<string, unknown>) => {
      for (const value of Object.values(row)) lines.push(...String(value ?? "").split("\n"));
    });
  } catch (thrown) {
    error = describe(thrown);
  } finally {
    await sql.end({ timeout: 1 });
  }
  return read(lines, error);
}

/** Reads TAP: counts assertions, keeps the diagnostics under a failed one, holds the count to the plan. */
function read(lines: string[], error: string | undefined): FileResult {
  const result: FileResult = { passed: 0, failed: [], skipped: 0 };
  let planned: number | undefined;
  let inFailure = false;
  for (const line of lines) {
    const plan = /^1\.\.(\d+)/.exec(line);
    if (plan) planned = Number(plan[1]);
    if (/^ok \d+/.test(line)) {
      if (/# SKIP/i.test(line)) result.skipped += 1;
      else result.passed += 1;
      inFailure = false;
    } else if (/^not ok \d+/.test(line)) {
      result.failed.push(line);
      inFailure = true;
    } else if (inFailure && line.startsWith("#")) {
      result.failed[result.failed.length - 1] += `\n${line}`;
    }
  }
  const ran = result.passed + result.failed.length + result.skipped;
  if (error) result.failed.push(`stopped after ${ran} assertions: ${error}`);
  else if (planned === undefined) result.failed.push("has no plan");
  else if (planned !== ran) result.failed.push(`planned ${planned} assertions, ran ${ran}`);
  return result;
}

function describe(error: unknown): string {
  if (!(error instanceof postgres.PostgresError)) return String(error);
  return [`${error.code} ${error.message}`, error.detail, error.hint, error.where].filter(Boolean).join("\n");
}
