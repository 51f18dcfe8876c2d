// `npm run deploy` and `npm run rollback` with the real CLI, against a stand-in for the platform: what is sent, in which
// order, what is told when something fails, and that no secret is printed.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { declaredFunctions } from "../../scripts/deploy/target.ts";
import { profileText, startManagementApi } from "../commands/management_api.ts";
import { root } from "../../scripts/migrations/sources.ts";

const project = "abcdefghijklmnopqrst";
const token = `sbp_${"0".repeat(40)}`;
const names = await declaredFunctions();
const databaseUrl = Deno.env.get("SUPABASE_DB_URL")!;

/** The platform, and the project's functions as far as their health goes. */
async function startPlatform() {
  const api = startManagementApi();
  const folder = await Deno.makeTempDir({ prefix: "odyssey-deploy-" });
  const profile = join(folder, "profile.yaml");
  await Deno.writeTextFile(profile, profileText(api.url));
  const envFile = join(folder, "env");
  await Deno.writeTextFile(envFile, "ODYSSEY_LOG_LEVEL=error\nAPPWRITE_PROJECT_ID=not-to-be-printed\n");
  let ill: string | null = null;
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    const isIll = ill !== null && pathname.includes(`/${ill}/`);
    return Response.json({ status: isIll ? "unhealthy" : "healthy" }, { status: isIll ? 503 : 200 });
  });
  const flags = [
    ...["--project", project, "--profile", profile, "--health-seconds", "0"],
    ...["--url", `http://127.0.0.1:${server.addr.port}/`],
  ];
  return {
    api,
    asked,
    envFile,
    setIll: (name: string | null) => ill = name,
    run: (command: string, args: string[], env: Record<string, string> = { SUPABASE_ACCESS_TOKEN: token }) =>
      run(command, [...flags, ...args], { HOME: folder, ...env }),
    async [Symbol.asyncDispose]() {
      await Promise.all([api.stop(), server.shutdown()]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function run(command: string, args: string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", "deno.json", join("scripts", `${command}.ts`), ...args],
    cwd: root,
    stdin: "null",
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", PGSSLMODE: "disable", NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("deploy: migrations, then secrets, then functions, then their health; a second deploy is as good", async () => {
  await using platform = await startPlatform();
  const args = ["--db-url", databaseUrl, "--env-file", platform.envFile];
  for (let turn = 1; turn <= 2; turn++) {
    const { code, output } = await platform.run("deploy", args);
    equal(code, 0, output);
    const order = ["Migrations", "Secrets", "Functions", "Health", "Done."].map((word) => output.indexOf(`\n${word}`));
    deepEqual(order, order.toSorted((a, b) => a - b), output);
    ok(order[0]! >= 0);
    deepEqual([...platform.api.deployed.keys()].sort(), names.toSorted());
    equal(platform.asked.length, names.length * turn);
    equal(platform.api.secrets.get("APPWRITE_PROJECT_ID"), "not-to-be-printed");
    for (const secret of ["not-to-be-printed", token, new URL(databaseUrl).password]) {
      ok(!output.includes(secret), `${secret} in:\n${output}`);
    }
  }
  const secretsAt = platform.api.calls.findIndex((call) => call.endsWith("/secrets"));
  const functionsAt = platform.api.calls.findIndex((call) => call.endsWith("/functions/deploy"));
  ok(secretsAt >= 0 && secretsAt < functionsAt, platform.api.calls.join("\n"));
});

Deno.test("deploy: an ill function, a failing migration and wrong flags end it, each with the way on", async (t) => {
  await using platform = await startPlatform();
  await t.step("ill", async () => {
    platform.setIll("worker");
    const { code, output } = await platform.run("deploy", ["--skip-migrations"]);
    equal(code, 1, output);
    match(output, /worker: 503/);
    match(
      output,
      new RegExp(`worker: not healthy\\. The way back: npm run rollback -- --project ${project} --to \\S+`),
    );
    platform.setIll(null);
  });
  await t.step("migrations", async () => {
    platform.api.deployed.clear();
    const { code, output } = await platform.run("deploy", ["--db-url", "postgres://nobody:none@127.0.0.1:1/none"]);
    equal(code, 1, output);
    match(output, /Migrations: failed .*The functions are as they were/);
    equal(platform.api.deployed.size, 0, "no function goes out before the database");
  });
  await t.step("flags", async () => {
    for (
      const [args, env, told] of [
        [[], {}, /SUPABASE_ACCESS_TOKEN/],
        [["--project", "short"], undefined, /--project must be/],
        [["--env-file", "/nowhere"], undefined, /is no file/],
        [["--unknown"], undefined, /--help lists/],
      ] as const
    ) {
      const { code, output } = await platform.run("deploy", [...args], env);
      equal(code, 2, output);
      match(output, told);
    }
  });
  await t.step("dry run", async () => {
    platform.api.calls.length = 0;
    const { code, output } = await platform.run("deploy", ["--dry-run", "--db-url", databaseUrl], {});
    equal(code, 0, output);
    deepEqual(output.split("\n").filter((line) => line.startsWith("supabase ")).map((line) => line.split(" ")[1]), [
      "db",
      "functions",
    ]);
    ok(!output.includes(new URL(databaseUrl).password));
    deepEqual(platform.api.calls, []);
  });
});

Deno.test("rollback: sends the functions of an earlier tag, without touching the checkout or the database", async () => {
  await using platform = await startPlatform();
  const { code, output } = await platform.run("rollback", ["--to", "HEAD"]);
  equal(code, 0, output);
  const sent = platform.api.deployed.get("worker")!;
  const [path, text] = [...sent.files].find(([name]) => name.endsWith("functions/worker/index.ts"))!;
  const { stdout } = await new Deno.Command("git", { args: ["show", "HEAD:functions/worker/index.ts"], cwd: root })
    .output();
  equal(text, new TextDecoder().decode(stdout), path);
  ok(!output.includes("db push"));
  const unknown = await platform.run("rollback", ["--to", "v0.0.0-none"]);
  deepEqual([unknown.code, /git knows no v0\.0\.0-none/.test(unknown.output)], [2, true]);
  deepEqual((await platform.run("rollback", [])).code, 2);
});
