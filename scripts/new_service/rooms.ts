/** The files of a new service, made all or not at all. */
import { dirname, join } from "node:path";
import { writeMigrations } from "../migrations/generate.ts";

const templates = join(import.meta.dirname!, "template");

/** Where each template goes. */
const places: [template: string, path: (name: string) => string][] = [
  ["sql/table.sql", (name) => `sql/${name}/${name}.sql`],
  ["sql/list.sql", (name) => `sql/${name}/list_${name}.sql`],
  ["functions/index.ts", (name) => `functions/${name}/index.ts`],
  ["functions/app.ts", (name) => `functions/${name}/app.ts`],
  ["tests/database/lists.test.sql", (name) => `tests/database/${name}/lists_${name}.test.sql`],
  ["tests/end_to_end/service.test.ts", (name) => `tests/end_to_end/${name}.test.ts`],
  ["docs/service.md", (name) => `docs/services/${name}.md`],
];

const configFile = "supabase/config.toml";

/**
 * Writes the rooms, declares them in supabase/config.toml and regenerates the migrations; returns the paths written.
 * Whatever fails, or `stop` in the middle, undoes it all.
 */
export async function makeRooms(root: string, name: string, stop: AbortSignal): Promise<string[]> {
  const files = await Promise.all(
    places.map(async ([template, path]) => [path(name), await filled(template, name)] as const),
  );
  const config = await Deno.readTextFile(join(root, configFile));
  const declared = withService(config, name);
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      stop.throwIfAborted();
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      (await Deno.open(join(root, path), { write: true, createNew: true })).close();
      written.push(path);
      await Deno.writeTextFile(join(root, path), text);
    }
    await format(root, written);
    await replaceFile(join(root, configFile), declared);
    stop.throwIfAborted();
    const migrations = await writeMigrations();
    stop.throwIfAborted();
    return [...written, configFile, ...migrations.map((file) => `supabase/migrations/${file.name}`)];
  } catch (error) {
    await undo(root, name, written, config);
    throw error;
  }
}

async function filled(template: string, name: string): Promise<string> {
  const words = name.replaceAll("_", " ");
  const values: Record<string, string> = { name, title: words.charAt(0).toUpperCase() + words.slice(1) };
  const text = await Deno.readTextFile(join(templates, `${template}.template`));
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key]!);
}

/** Last in the list of sources, so that it may use every domain; last among the functions. */
function withService(config: string, name: string): string {
  const sources = `  # ${name}\n  "../sql/${name}/${name}.sql",\n  "../sql/${name}/*.sql",\n`;
  const listed = config.replace(/(\nschema_paths = \[\n[\s\S]*?\n)(\]\n)/, (_, head, end) => head + sources + end);
  if (listed === config) throw new Error(`${configFile} has no list schema_paths`);
  return `${listed.trimEnd()}

[functions.${name}]
verify_jwt = false
entrypoint = "../functions/${name}/index.ts"
import_map = "../functions/import_map.json"
`;
}

async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(draft, text);
  await Deno.rename(draft, path);
}

/** A longer or shorter name breaks lines elsewhere than the template does. */
async function format(root: string, files: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", ...files.filter((file) => file.endsWith(".ts"))],
    cwd: root,
    stdin: "null",
  }).output();
  if (!success) throw new Error(`deno fmt: ${new TextDecoder().decode(stderr)}`);
}

async function undo(root: string, name: string, written: string[], config: string): Promise<void> {
  for (const path of written) await Deno.remove(join(root, path));
  for (const folder of [`sql/${name}`, `functions/${name}`, `tests/database/${name}`]) {
    // Only folders that are empty now were ours.
    await Deno.remove(join(root, folder)).catch(() => {});
  }
  if (await Deno.readTextFile(join(root, configFile)) === config) return;
  await replaceFile(join(root, configFile), config);
  await writeMigrations();
}
