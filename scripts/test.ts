/**
 * `npm test`: every test on a cluster of its own, on free ports. Words after `--` choose files by part of their path.
 * The last line is `N passed, N failed`.
 */
import { join, relative } from "node:path";
import { readFlags, reportAndExit } from "./_cli/flags.ts";
import { stopOnSignals } from "./_cli/on_signals.ts";
import { killDenoTests, runDenoTests } from "./test/deno_tests.ts";
import { runDatabaseTests } from "./test/database_tests.ts";
import { testFiles } from "./test/files.ts";
import { startTestDatabases, startTestStack, type TestDatabases, type TestStack } from "./test/environment.ts";
import { inTurn } from "./test/in_turn.ts";
import { makeScratchFolder } from "./test/scratch.ts";
import { emptyTally, type Tally } from "./test/tally.ts";

const help = `npm test [-- WORD...]

Runs the tests whose path contains one of the words; all of them without words.
  tests/database/    pgTAP, against the sources in sql/
  tests/functions/   TypeScript without a running stack; on current Deno and on the hosted version
  tests/commands/    commands that need no running stack, or start their own
  tests/end_to_end/  real clients against the running stack
  tests/faults/      processes killed on purpose

  --keep   leave the data folders and say where they are
  --help   this text`;

const root = join(import.meta.dirname!, "..");
const { keep, words } = readOptions();

/** The stand-ins of scripts/local never run on the hosted Deno; their tests need not either. */
const isHosted = (file: string) => !file.includes("/local_");

const files = await testFiles(root, words);
const tally = emptyTally();
const nextTurn = inTurn();
const scratch = await makeScratchFolder(keep);
let stack: TestStack | undefined;
let databases: TestDatabases | undefined;
let ending: Promise<void> | undefined;
stopOnSignals(() => ending ??= end());
try {
  await bothOf(runOnStack(), runWithoutStack());
} catch (error) {
  tally.failed += 1;
  console.error(`\nThe tests could not be run: ${error instanceof Error ? error.stack : error}`);
} finally {
  await (ending ??= end());
}
if (tally.passed + tally.failed === 0) {
  console.error(`No test matches ${words.join(" ") || "(everything)"}.`);
  tally.failed += 1;
}
if (tally.skipped > 0) console.log(`\n${tally.skipped} skipped (their reasons stand above)`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
Deno.exit(tally.failed === 0 ? 0 : 1);

/**
 * Faults kill the stack's worker and its server: one file at a time, each in a process of its own, and none beside those
 * that need the stack. They mostly wait; what needs no stack is tested meanwhile.
 */
async function runOnStack(): Promise<void> {
  if (files.faults.length + files.end_to_end.length === 0) return;
  stack = await startTestStack(join(scratch, "stack"));
  // The stacks and clusters that tests start are made there as well.
  const env = { ...stack.env, TMPDIR: scratch };
  await runGroup("faults", files.faults, async (list, print) => {
    const sum = emptyTally();
    for (const file of list) add(sum, await runDenoTests([file], { version: "current", env, jobs: 1, print }));
    return sum;
  });
  await runGroup(
    "end to end",
    files.end_to_end,
    (list, print) => runDenoTests(list, { version: "current", env, jobs: 3, print }),
  );
}

async function runWithoutStack(): Promise<void> {
  await runGroup("database", files.database, async (list, print) => {
    databases = await startTestDatabases(join(scratch, "pgtap"));
    tally.failed += databases.brokenSources;
    return await runDatabaseTests(databases.urls, list, print).finally(() => databases?.stop());
  });
  await runGroup(
    "functions",
    files.functions,
    (list, print) => runDenoTests(list, { version: "current", env: {}, jobs: 2, print }),
  );
  await runGroup(
    "functions on the hosted Deno",
    files.functions.filter(isHosted),
    (list, print) => runDenoTests(list, { version: "hosted", env: {}, jobs: 2, print }),
  );
  await runGroup(
    "commands",
    files.commands,
    (list, print) => runDenoTests(list, { version: "current", env: { TMPDIR: scratch }, jobs: 2, print }),
  );
}

/** When both have ended; fails when one of them has failed. */
async function bothOf(...running: Promise<void>[]): Promise<void> {
  await Promise.allSettled(running);
  await Promise.all(running);
}

async function end(): Promise<void> {
  killDenoTests();
  await Promise.all([stack?.stop(), databases?.stop()]);
  if (keep) console.log(`\nThe data folders are in ${scratch}`);
  else await Deno.remove(scratch, { recursive: true });
}

/** Runs one group; prints its title before and its figures after, when those that began earlier have ended. */
async function runGroup(
  title: string,
  list: string[],
  run: (files: string[], print: (line: string) => void) => Promise<Tally>,
): Promise<void> {
  if (list.length === 0) return;
  const { print, end } = nextTurn();
  const started = performance.now();
  print(`\n== ${title}: ${list.length} ${list.length === 1 ? "file" : "files"}`);
  try {
    const result = await run(list.map((file) => relative(root, file)), print);
    add(tally, result);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    print(`   ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s`);
  } finally {
    end();
  }
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
