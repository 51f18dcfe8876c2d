// How far the real CLI goes without an account: it reads config.toml, follows the imports of each function and sends
// the sources. Here they arrive at a stand-in, and the Deno version of the platform loads them from there.
import { deepEqual, equal, ok } from "node:assert/strict";
import { dirname, join } from "node:path";
import { parse } from "deno-std/toml/parse.js";
import { root } from "../../scripts/migrations/sources.ts";
import { denoBinary } from "../../scripts/test/deno_tests.ts";
import { type DeployedFunction, profileText, startManagementApi } from "./management_api.ts";
import { runSupabase } from "./supabase_cli.ts";

const config = parse(await Deno.readTextFile(join(root, "supabase", "config.toml")));
const declared: Record<string, { verify_jwt: boolean; entrypoint: string }> = config.functions;

Deno.test("every folder of functions/ is declared in supabase/config.toml", async () => {
  const folders = (await Array.fromAsync(Deno.readDir(join(root, "functions"))))
    .filter((entry) => entry.isDirectory && !/^[_.]/.test(entry.name)).map((entry) => entry.name);
  deepEqual(Object.keys(declared).sort(), folders.sort());
});

Deno.test("supabase functions deploy sends sources that hosted Deno can load", async (t) => {
  const api = startManagementApi();
  const folder = await Deno.makeTempDir({ prefix: "odyssey-deploy-" });
  try {
    const profile = join(folder, "profile.yaml");
    await Deno.writeTextFile(profile, profileText(api.url));
    const { code, output } = await runSupabase(
      ["functions", "deploy", "--use-api", "--project-ref", "abcdefghijklmnopqrst", "--profile", profile, "--yes"],
      { SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}` },
    );
    ok(api.deployed.size > 0, `exit code ${code}\n${output}`);
    for (const name of Object.keys(declared)) {
      await t.step(name, async () => {
        const deployed = api.deployed.get(name);
        ok(deployed, `${name} was not sent:\n${output}`);
        equal(deployed.metadata["verify_jwt"], false, "functions check Appwrite tokens themselves");
        const target = join(folder, name);
        await unpack(deployed, target);
        await loadWithHostedDeno(target, deployed);
      });
    }
  } finally {
    await api.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

async function unpack({ files }: DeployedFunction, target: string): Promise<void> {
  for (const [path, text] of files) {
    await Deno.mkdir(dirname(join(target, path)), { recursive: true });
    await Deno.writeTextFile(join(target, path), text);
  }
  // The registry's packages, as npm installed them here; the platform fetches them by the same specifiers.
  await Deno.symlink(join(root, "node_modules"), join(target, "node_modules"));
  await Deno.writeTextFile(join(target, "package.json"), await Deno.readTextFile(join(root, "package.json")));
}

async function loadWithHostedDeno(target: string, { metadata }: DeployedFunction): Promise<void> {
  const { success, stderr } = await new Deno.Command(denoBinary("hosted"), {
    args: [
      ...["cache", "--node-modules-dir=manual", "--import-map", String(metadata["import_map_path"])],
      String(metadata["entrypoint_path"]),
    ],
    cwd: target,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  ok(success, new TextDecoder().decode(stderr));
}
