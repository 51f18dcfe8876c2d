/** `npm run new:service` in a copy of the repository: what it makes passes check and tests; what it refuses, it leaves. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { dirname, join } from "node:path";
import { root } from "../../scripts/migrations/sources.ts";

type Result = { code: number; stdout: string; stderr: string };

async function run(command: string, args: string[], cwd: string): Promise<Result> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, cwd, stdin: "null", env: { NO_COLOR: "1" } })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The repository as it stands, changes that are not committed included; the packages are linked. */
async function copyRepository(folder: string): Promise<void> {
  const { stdout } = await run("git", ["ls-files", "-co", "--exclude-standard", "-z"], root);
  for (const file of stdout.split("\0").filter(Boolean)) {
    await Deno.mkdir(dirname(join(folder, file)), { recursive: true });
    // A file that was deleted and not committed yet is still listed.
    await Deno.copyFile(join(root, file), join(folder, file)).catch(ignoreMissing);
  }
  await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await run("git", ["init", "-q"], folder);
  await run("git", ["add", "-A"], folder);
}

/** The checks that need no types: run by the copy itself. */
const rest = `
import { checkImportMap } from "./check/import_map.ts";
import { checkMigrationsAreCurrent, checkMigrationsWithSquawk } from "./check/migrations.ts";
import { checkSql } from "./check/sql.ts";
const found = [
  await checkSql({ fix: false }), await checkImportMap({ fix: false }),
  await checkMigrationsAreCurrent(), await checkMigrationsWithSquawk(),
];
console.log(JSON.stringify(found.flat().map(({ file, line, message }) => file + ":" + line + ": " + message)));
`;

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

Deno.test({
  name: "new:service: makes rooms that are whole at once, and refuses names without leaving anything",
  ignore: (await run("git", ["rev-parse"], root).catch(() => ({ code: 1 }))).code !== 0,
  async fn(t) {
    const folder = await Deno.makeTempDir({ prefix: "odyssey-new-service-" });
    await Deno.chmod(folder, 0o755);
    await copyRepository(folder);
    const script = (name: string, ...args: string[]) =>
      run(
        Deno.execPath(),
        ["run", "-A", "--unstable-no-legacy-abort", "--config", "deno.json", `scripts/${name}.ts`, ...args],
        folder,
      );
    const changes = async () => (await run("git", ["status", "--short"], folder)).stdout.match(/^(\?\?| M).*$/gm) ?? [];

    await t.step("bad and taken names", async () => {
      const cases: [string[], RegExp][] = [
        [[], /^Give one name/],
        [["one", "two"], /^Give one name/],
        [["Invoice-Items"], /cannot be a service's name.*for example invoice_items\./],
        [["../../etc"], /cannot be a service's name.*for example etc\./],
        [["x"], /cannot be a service's name/],
        [["a".repeat(31)], /cannot be a service's name/],
        [["a__b"], /cannot be a service's name/],
        [["select"], /^"select" is a word of SQL/],
        [["worker"], /^"worker" is taken: there is functions\/worker\./],
        [["webhooks"], /^"webhooks" is taken: there is sql\/webhooks\./],
        [["customer_consents"], /^"customer_consents" is taken: there is the table public\.customer_consents\./],
      ];
      for (const [names, message] of cases) {
        const { code, stdout, stderr } = await script("new_service", ...names);
        deepStrictEqual([code, stdout], [2, ""], stderr);
        match(stderr, message);
      }
      deepStrictEqual(await changes(), []);
    });

    await t.step("a failure halfway leaves nothing", async () => {
      const config = join(folder, "supabase", "config.toml");
      const before = await Deno.readTextFile(config);
      // A list of sources that names a missing file: the rooms can be written, the migrations cannot.
      const broken = before.replace("schema_paths = [\n", 'schema_paths = [\n  "../sql/not_there.sql",\n');
      await Deno.writeTextFile(config, broken);
      const { code } = await script("new_service", "halfway");
      strictEqual(code, 1);
      strictEqual(await Deno.readTextFile(config), broken);
      await Deno.writeTextFile(config, before);
      deepStrictEqual(await changes(), []);
    });

    const long = "invoices_of_the_whole_company1";
    await t.step("the shortest and the longest name pass check and their tests", async () => {
      strictEqual(long.length, 30);
      for (const name of ["qz", long]) {
        const { code, stderr } = await script("new_service", name);
        strictEqual(code, 0, stderr);
        strictEqual((await script("new_service", name)).code, 2, "a second time it is taken");
      }
      // What npm run check does, of the new files alone: the types of everything else take minutes on a busy machine.
      const own = ["qz", long].flatMap((name) => [`functions/${name}`, `tests/end_to_end/${name}.test.ts`]);
      for (const args of [["fmt", "--check"], ["lint"], ["check", "--config", "deno.json"]]) {
        const { code, stderr } = await run(Deno.execPath(), [...args, ...own], folder);
        strictEqual(code, 0, `deno ${args[0]}: ${stderr}`);
      }
      await Deno.writeTextFile(join(folder, "scripts", "check_rest.ts"), rest);
      const checked = await script("check_rest");
      deepStrictEqual(JSON.parse(checked.stdout).filter((file: string) => /qz|invoices|import_map/.test(file)), []);
      const tested = await script("test", long);
      match(tested.stdout, /\n9 passed, 0 failed\n$/, tested.stdout + tested.stderr);
    });

    await t.step("the specification has the sections of every service's", async () => {
      const page = await Deno.readTextFile(join(folder, "docs", "services", `${long}.md`));
      ok(page.includes("## Security considerations") && !page.includes("{{"));
    });
    await Deno.remove(folder, { recursive: true });
  },
});
