/** Whether a new service can have a name, and whether it is free. */
import { join } from "node:path";
import { loadModule } from "@libpg-query/parser";
import { CommandError } from "../_cli/flags.ts";
import { parseStatements, SqlSyntaxError } from "../check/sql_statements.ts";
import { sqlSources } from "../migrations/sources.ts";

const form = /^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){1,29}$/;

/** Throws a `CommandError` that says what is wrong with the name; it becomes a folder, a URL, a table and a function. */
export async function requireGoodName(root: string, name: string): Promise<void> {
  if (!form.test(name)) {
    const better = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[_\d]+|_+$/g, "").slice(0, 30);
    const advice = form.test(better) ? `, for example ${better}` : "";
    throw new CommandError(
      `"${name}" cannot be a service's name: it takes 2 to 30 lower-case letters, digits and single underscores, and ` +
        `begins with a letter${advice}.`,
      2,
    );
  }
  if (await isSqlWord(name)) throw new CommandError(`"${name}" is a word of SQL; choose another.`, 2);
  const taken = await whatHasIt(root, name);
  if (taken) throw new CommandError(`"${name}" is taken: ${taken}.`, 2);
}

async function isSqlWord(name: string): Promise<boolean> {
  await loadModule();
  try {
    parseStatements(`select ${name} from ${name} as ${name}`);
    return false;
  } catch (error) {
    if (error instanceof SqlSyntaxError) return true;
    throw error;
  }
}

/** The folder, file, table or function that bears the name already. */
async function whatHasIt(root: string, name: string): Promise<string | undefined> {
  const places = [
    `functions/${name}`,
    `sql/${name}`,
    `tests/database/${name}`,
    `tests/end_to_end/${name}.test.ts`,
    `docs/services/${name}.md`,
  ];
  for (const place of places) {
    if (await Deno.stat(join(root, place)).then(() => true, () => false)) return `there is ${place}`;
  }
  const made = new RegExp(`(?:table|function|view|type) public\\.(?:list_)?${name}\\b`);
  for (const { path } of await sqlSources(root)) {
    const [found] = made.exec(await Deno.readTextFile(path)) ?? [];
    if (found) return `there is the ${found}`;
  }
  return undefined;
}
