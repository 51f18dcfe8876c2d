/** `npm run deploy`: brings a hosted project to the state of this checkout. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { finish } from "./deploy/finish.ts";
import { runStep, type Step, stepText } from "./deploy/supabase.ts";
import { cliFlags, declaredFunctions, readTarget, type Target, targetFlags, targetHelp } from "./deploy/target.ts";
import { previousTag } from "./deploy/tags.ts";

const help = `npm run deploy -- --project REF [FLAGS]

Brings a hosted Supabase project to the state of this checkout, in this order:
  1. migrations that are missing (supabase db push)
  2. secrets, when a file of them is given (supabase secrets set)
  3. functions (supabase functions deploy)
  4. health: every function must say that it is healthy
It stops at what fails and says the way on. Asks nothing; SUPABASE_ACCESS_TOKEN must be set.

${targetHelp}
  --env-file FILE       settings of .env.example for the functions; values are never printed
  --db-url URL          migrate this database instead of the project's, such as one behind a pooler
  --skip-migrations     leave the database alone
  --help                this text`;

await runCommand(async () => {
  const { values } = readFlags({
    help,
    options: {
      ...targetFlags,
      "env-file": { type: "string" },
      "db-url": { type: "string" },
      "skip-migrations": { type: "boolean", default: false },
    },
  });
  const target = readTarget(values);
  const steps = await plan(target, values);
  const wayBack = `npm run rollback -- --project ${target.project} --to ${await previousTag() ?? "TAG"}`;
  if (target.dryRun) {
    for (const step of steps) console.log(stepText(step.step));
    for (const name of await declaredFunctions()) console.log(`GET ${target.url}/functions/v1/${name}/health`);
    console.log(`The way back: ${wayBack}`);
    return;
  }
  for (const { step, wayOn } of steps) await runStep(step, wayOn(wayBack));
  await finish(target, await declaredFunctions(), wayBack);
});

type Planned = { step: Step; wayOn: (wayBack: string) => string };

async function plan(
  target: Target,
  values: { "env-file"?: string; "db-url"?: string; "skip-migrations": boolean },
): Promise<Planned[]> {
  const flags = cliFlags(target);
  const envFile = values["env-file"];
  if (envFile !== undefined && !(await Deno.stat(envFile).then(({ isFile }) => isFile, () => false))) {
    throw new CommandError(`--env-file ${envFile} is no file.`, 2);
  }
  const database = values["db-url"] ? [`--remote=${values["db-url"]}`, ...flags.slice(1)] : flags;
  const steps: (Planned | false)[] = [
    !values["skip-migrations"] && {
      step: { title: "Migrations", args: ["db", "push", ...database] },
      wayOn: () => "The functions are as they were. A migration is one transaction: correct it and deploy again.",
    },
    envFile !== undefined && {
      step: { title: "Secrets", args: ["secrets", "set", "--env-file", envFile, ...flags] },
      wayOn: () => "The functions are as they were, and work with the migrated database. Deploy again.",
    },
    {
      step: { title: "Functions", args: ["functions", "deploy", "--use-api", ...flags] },
      wayOn: (wayBack) => `Some functions may be new. Deploy again, or go back: ${wayBack}`,
    },
  ];
  return steps.filter((step) => step !== false);
}
