import { equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { root } from "../../scripts/migrations/sources.ts";

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  await Deno.readTextFile(join(root, "package.json")),
);

for (const [name, command] of Object.entries(scripts)) {
  const file = command.split(" ").at(-1)!;

  Deno.test(`npm run ${name} explains itself with --help and refuses an unknown flag`, async () => {
    const help = await run(file, "--help");
    equal(help.code, 0, help.stderr);
    match(help.stdout, new RegExp(`npm (run )?${name}`));
    match(help.stdout, /--help/);
    match(help.stdout, /--data-dir/, "every command takes it");

    const wrong = await run(file, "--no-such-flag");
    ok(wrong.code !== 0, "an unknown flag is refused");
    match(wrong.stderr, /no-such-flag/);
    ok(!wrong.stderr.includes("    at "), `a stack trace is no explanation: ${wrong.stderr}`);
  });
}

async function run(file: string, flag: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", join(root, "deno.json"), join(root, "scripts", `${file}.ts`), flag],
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
