/**
 * `npm test`: every test on a cluster of its own, on free ports. Words after `--` choose files by part of their path.
 * The last line is `N passed, N failed`.
 */
import { join, relative } from "node:path";
import { readFlags, reportAndExit } from "./_cli/flags.ts";
import { stopOnSignals } from "./_cli/on_signals.ts";
import { type DenoVersion, killDenoTests, runDenoTests } from "./test/deno_tests.ts";
import { runDatabaseTests } from "./test/database_tests.ts";
import { testFiles } from "./test/files.ts";
import { startTestEnvironment, type TestEnvironment } from "./test/environment.ts";
import { emptyTally, type Tally } from "./test/tally.ts";

const help = `npm test [-- WORD...]

Runs the tests whose path contains one of the words; all of them without words.
  tests/database/    pgTAP, against the sources in sql/
  tests/functions/   TypeScript without a running stack; on current Deno and on the hosted version
  tests/end_to_end/  real clients against the running stack
  tests/faults/      processes killed on purpose

  --keep   leave the data folder and say where it is
  --help   this text`;

const root = join(import.meta.dirname!, "..");
const { keep, words } = readOptions();

/** The stand-ins of scripts/local never run on the hosted Deno; their tests need not either. */
const isHosted = (file: string) => !file.includes("/local_");

const files = await testFiles(root, words);
const tally = emptyTally();
let environment: TestEnvironment | undefined;
stopOnSignals(async () => {
  killDenoTests();
  await environment?.stop(keep);
});
try {
  const needsStack = files.end_to_end.length + files.faults.length > 0;
  const needsDatabase = needsStack || files.database.length > 0;
  if (needsDatabase) environment = await startTestEnvironment({ needsStack, needsPgtap: files.database.length > 0 });
  tally.failed += environment?.brokenSources ?? 0;

  await runGroup("database", files.database, (list) => runDatabaseTests(environment!.pgtapUrls, list));
  // Faults kill the stack's worker and its server: one file at a time, each in a process of its own, and none beside
  // those that need the stack. They mostly wait, so the functions are tested meanwhile; what they print comes after.
  const said: string[] = [];
  const hold = (line: string) => void said.push(line);
  const faults = runGroup("faults", files.faults, (list) => runEach(list, hold), hold);
  faults.catch(() => {});
  await runGroup("functions", files.functions, (list) => runDeno(list, "current", 2));
  await runGroup(
    "functions on the hosted Deno",
    files.functions.filter(isHosted),
    (list) => runDeno(list, "hosted", 2),
  );
  await faults.finally(() => said.forEach((line) => console.log(line)));
  await runGroup("end to end", files.end_to_end, (list) => runDeno(list, "current", 3));
} catch (error) {
  tally.failed += 1;
  console.error(`\nThe tests could not be run: ${error instanceof Error ? error.stack : error}`);
} finally {
  killDenoTests();
  await environment?.stop(keep);
}
if (tally.passed + tally.failed === 0) {
  console.error(`No test matches ${words.join(" ") || "(everything)"}.`);
  tally.failed += 1;
}
if (tally.skipped > 0) console.log(`\n${tally.skipped} skipped (their reasons stand above)`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
Deno.exit(tally.failed === 0 ? 0 : 1);

/** Runs one group, with its title before and its figures after. */
async function runGroup(
  title: string,
  list: string[],
  run: (files: string[]) => Promise<Tally>,
  print: (line: string) => void = console.log,
): Promise<void> {
  if (list.length === 0) return;
  const started = performance.now();
  print(`\n== ${title}: ${list.length} ${list.length === 1 ? "file" : "files"}`);
  const result = await run(list.map((file) => relative(root, file)));
  add(tally, result);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(`   ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s`);
}

/** Files in one process, `jobs` at a time. */
function runDeno(list: string[], version: DenoVersion, jobs: number, print = console.log): Promise<Tally> {
  return runDenoTests(list, { version, env: environment?.env ?? {}, jobs, print });
}

/** Files one after another, each in a process of its own: what one sets there, the next does not see. */
async function runEach(list: string[], print: (line: string) => void): Promise<Tally> {
  const sum = emptyTally();
  for (const file of list) add(sum, await runDeno([file], "current", 1, print));
  return sum;
}

function add(sum: Tally, { passed, failed, skipped }: Tally): void {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}

function readOptions(): { keep: boolean; words: string[] } {
  try {
    const { values, positionals } = readFlags({ help, options: { keep: { type: "boolean" } }, positionals: true });
    return { keep: values.keep ?? false, words: positionals };
  } catch (error) {
    return reportAndExit(error);
  }
}
