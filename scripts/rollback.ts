/** `npm run rollback`: the functions of an earlier release, on a hosted project. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { finish } from "./deploy/finish.ts";
import { runStep, stepText } from "./deploy/supabase.ts";
import { exportTag } from "./deploy/tags.ts";
import { cliFlags, declaredFunctions, readTarget, targetFlags, targetHelp } from "./deploy/target.ts";

const help = `npm run rollback -- --project REF --to TAG [FLAGS]

Deploys the functions of an earlier git tag to a hosted Supabase project and checks their health. The database stays as
it is: migrations only add, so that the release before works with them (docs/operations/deploy.md). Secrets stay too.

  --to TAG              the release to go back to; any name of a commit will do (required)
${targetHelp}
  --help                this text`;

await runCommand(async () => {
  const { values } = readFlags({ help, options: { ...targetFlags, to: { type: "string" } } });
  const target = readTarget(values);
  const tag = values.to;
  if (!tag) throw new CommandError("--to must name the release to go back to.", 2);
  const folder = await Deno.makeTempDir({ prefix: "odyssey-rollback-" });
  try {
    await exportTag(tag, folder);
    const step = {
      title: `Functions of ${tag}`,
      args: ["functions", "deploy", "--use-api", ...cliFlags(target), "--workdir", folder],
    };
    const names = await declaredFunctions(folder);
    if (target.dryRun) {
      console.log(stepText(step));
      for (const name of names) console.log(`GET ${target.url}/functions/v1/${name}/health`);
      return;
    }
    await runStep(step, "Some functions may be those of the tag already. Run the same command again.");
    await finish(target, names, `npm run rollback -- --project ${target.project} --to an earlier TAG`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
