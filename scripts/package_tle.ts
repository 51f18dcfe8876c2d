/** `npm run package:tle`: the database part as an extension for hosts with pg_tle, with the way from an earlier version. */
import { join, resolve } from "node:path";
import { loadModule } from "@libpg-query/parser";
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { root } from "./migrations/sources.ts";
import { readParts } from "./package_tle/parts.ts";
import { afterScript, extensionBody, installScript, prepareScript, updateScript } from "./package_tle/scripts.ts";
import { updateBetween } from "./package_tle/update.ts";

const help = `npm run package:tle -- [FLAGS]

Writes SQL that installs the database part through pg_tle, on a host that takes no migrations:
  1_prepare.sql                roles and extensions it needs
  2_odyssey--VERSION.sql       pgtle.install_extension; then: create extension odyssey;
  3_after.sql                  what touches Vault, Storage and pgmq, and the first partitions
  odyssey--FROM--VERSION.sql   pgtle.install_update_path, with --from

  --out DIR       where to (dist/tle)
  --from DIR      a checkout of the version to update from: changed functions are replaced, removed ones dropped
  --tables FILE   SQL for what else changed since; the command names the sources when it is missing
  --help          this text`;

await runCommand(async () => {
  const text = { type: "string" } as const;
  const { values } = readFlags({ help, options: { out: text, from: text, tables: text } });
  const out = resolve(values.out ?? join(root, "dist", "tle"));
  const version = await versionOf(root);
  const parts = await readParts();
  const files: [string, string][] = [
    ["1_prepare.sql", prepareScript()],
    [`2_odyssey--${version}.sql`, installScript(version, extensionBody(parts))],
    ["3_after.sql", afterScript(parts)],
  ];
  if (values.from) files.push(await updateFile(resolve(values.from), version, parts, values.tables));
  await Deno.mkdir(out, { recursive: true });
  for (const [name, content] of files) {
    await Deno.writeTextFile(join(out, name), content);
    console.log(`${join(out, name)}  ${(content.length / 1024).toFixed(0)} KiB`);
  }
});

async function updateFile(
  folder: string,
  version: string,
  parts: Awaited<ReturnType<typeof readParts>>,
  tables: string | undefined,
): Promise<[string, string]> {
  const from = await versionOf(folder);
  if (from === version) throw new CommandError(`${folder} has version ${from} too; an update needs two.`);
  await loadModule();
  const { body, byHand } = updateBetween((await readParts(folder)).extension, parts.extension);
  if (byHand.length > 0 && !tables) {
    throw new CommandError(
      `These are more than functions; write their change and name it by --tables:\n${byHand.join("\n")}`,
    );
  }
  const first = tables ? `${(await Deno.readTextFile(tables)).trimEnd()}\n\n` : "";
  return [`odyssey--${from}--${version}.sql`, updateScript(from, version, first + body)];
}

async function versionOf(folder: string): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(join(folder, "package.json")));
  return version;
}
