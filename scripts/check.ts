/** `npm run check`: everything that can be known without running the product. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { checkImportMap } from "./check/import_map.ts";
import { checkLockFile } from "./check/lock_file.ts";
import { checkMigrationsAreCurrent, checkMigrationsWithSquawk } from "./check/migrations.ts";
import type { Problem } from "./check/problem.ts";
import { checkSecrets } from "./check/secrets.ts";
import { checkSql } from "./check/sql.ts";
import { checkFormat, checkLint, checkTypes } from "./check/typescript.ts";

const help = `npm run check [-- FLAGS]

  TypeScript   deno fmt, deno lint, deno check; the functions also with the Deno that hosted functions run on
  SQL          format and lint of sql/ and the tests with Postgres's own parser
  Migrations   up to date with sql/, and squawk's rules (.squawk.toml)
  Packages     package-lock.json names the packages of every platform; functions/import_map.json, what functions use
  Secrets      none in a file that git knows or would take up

Each problem is a line "file:line: what is wrong and what to do".

  --fix    put right what needs no judgement, then report the rest
  --help   this text`;

type Check = [title: string, run: () => Promise<Problem[]>];

await runCommand(async () => {
  const { values: { fix = false } } = readFlags({ help, options: { fix: { type: "boolean" } } });
  // Fixes rewrite files that the other checks read, so they come first.
  const first: Check[] = [
    ["format", () => checkFormat({ fix })],
    ["SQL", () => checkSql({ fix })],
    ["import map", () => checkImportMap({ fix })],
  ];
  const rest: Check[] = [
    ["types", checkTypes],
    ["lint", checkLint],
    ["migrations", checkMigrationsAreCurrent],
    ["squawk", checkMigrationsWithSquawk],
    ["lock file", checkLockFile],
    ["secrets", checkSecrets],
  ];
  const results = [...await runAll(first), ...await runAll(rest)];
  const problems = results.flatMap(({ problems }) => problems);
  for (const { file, line, message } of problems) console.log(`${file}:${line}: ${message}`);
  console.log(results.map(({ title, problems: { length } }) => `${title} ${length || "ok"}`).join(" · "));
  if (problems.length === 0) return;
  const fixable = problems.filter((problem) => problem.fixable).length;
  const advice = fixable > 0 ? `; npm run check -- --fix puts ${fixable} of them right` : "";
  throw new CommandError(`${problems.length} ${problems.length === 1 ? "problem" : "problems"}${advice}`);
});

function runAll(checks: Check[]): Promise<{ title: string; problems: Problem[] }[]> {
  return Promise.all(checks.map(async ([title, run]) => ({ title, problems: await run() })));
}
