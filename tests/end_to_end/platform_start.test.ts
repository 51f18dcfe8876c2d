import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { alive, begin, pause, processesOf, run, start } from "./platform_stand.ts";

const onLinux = { ignore: Deno.build.os !== "linux" };

Deno.test({
  name: "npm start: ready, one stack a folder and a port, adoption after a SIGKILL, clean stop",
  ...onLinux,
  async fn(t) {
    const dataDir = await Deno.makeTempDir({ prefix: "odyssey-platform-" });
    await Deno.chmod(dataDir, 0o755);
    let stack = await start(dataDir);

    await t.step("prints addresses, keys, people and requests that work, and ready last", async () => {
      const lines = stack.stdout().trimEnd().split("\n");
      strictEqual(lines.at(-1), "ready");
      for (const name of ["SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY", "ODYSSEY_VENDOR_ID"]) {
        ok(stack.stdout().includes(stack.env[name]!), name);
      }
      const requests = lines.filter((line) => line.startsWith("  curl "));
      strictEqual(requests.length, 3);
      for (const line of requests) {
        const [, url = "", token] = /"(http[^"]+)"(?: -H "Authorization: (Bearer [^"]+)")?/.exec(line) ?? [];
        const response = await fetch(url, { headers: token ? { authorization: token } : {} });
        strictEqual(response.status, 200, `${line}: ${await response.text()}`);
      }
    });

    await t.step("keeps its settings to the owner, one name a line", async () => {
      strictEqual(((await Deno.stat(join(dataDir, "env"))).mode ?? 0) & 0o777, 0o600);
      match(stack.env.SUPABASE_PUBLISHABLE_KEY!, /^sb_publishable_/);
      match(stack.env.SUPABASE_SECRET_KEY!, /^sb_secret_/);
      deepStrictEqual(
        ["SUPABASE_DB_URL", "APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_JWT_SECRET"].filter((name) =>
          !stack.env[name]
        ),
        [],
      );
    });

    await t.step("a second start says which port is taken and by whom", async () => {
      const port = new URL(stack.env.SUPABASE_URL!).port;
      const dbPort = new URL(stack.env.SUPABASE_DB_URL!).port;
      const other = `${dataDir}-other`;
      const cases: [string[], RegExp][] = [
        [
          ["--data-dir", dataDir, "--port", port],
          new RegExp(`^Port ${port} is taken by the Odyssey stack of ${dataDir} `),
        ],
        [
          ["--data-dir", other, "--port", port],
          new RegExp(`^Port ${port} is taken by the Odyssey stack of ${dataDir} `),
        ],
        [
          ["--data-dir", other, "--port", "0", "--db-port", dbPort],
          new RegExp(`^Port ${dbPort} is taken by the Postgres`),
        ],
        [["--data-dir", dataDir, "--port", "0"], /is in use by the Odyssey stack of process \d+/],
        [["--port", "http"], /^--port must be a whole number from 0 to 65535/],
        [["--colour"], /^Unknown option '--colour'/],
      ];
      for (const [args, message] of cases) {
        const { code, stdout, stderr } = await run("start", args);
        deepStrictEqual([code, stdout, stderr.trim().split("\n").length], [1, "", 1], stderr);
        match(stderr, message);
      }
      await Deno.remove(other, { recursive: true });
    });

    await t.step("after a SIGKILL only Postgres is left, and the next start adopts it", async () => {
      const before = processesOf(stack.pid, dataDir);
      const postgres = before.find(({ command }) => command.includes("postgres -D"))!.pid;
      stack.kill("SIGKILL");
      await stack.ended;
      await pause(1000);
      const rest = alive(before.map(({ pid }) => pid)).filter((pid) => pid !== postgres);
      deepStrictEqual(rest, [], "processes left behind");
      const keys = stack.env.SUPABASE_SECRET_KEY;
      stack = await start(dataDir);
      match(stack.stderr(), /Took over the database/);
      ok(processesOf(stack.pid, dataDir).some(({ pid }) => pid === postgres), "the database was started anew");
      strictEqual(stack.env.SUPABASE_SECRET_KEY, keys);
    });

    await t.step("npm run token prints a token that the running stack accepts, and nothing else", async () => {
      const flags = ["--data-dir", dataDir, "--user", "new.person", "--role", "vendor_viewer", "--vendor", "brand-new"];
      const { code, stdout, stderr } = await run("token", flags);
      deepStrictEqual([code, stderr], [0, ""]);
      match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const me = await fetch(`${stack.env.SUPABASE_URL}/functions/v1/api/v1/me`, {
        headers: { authorization: `Bearer ${stdout.trim()}` },
      });
      const body = await me.json();
      deepStrictEqual([body.role, body.vendor?.code], ["vendor_viewer", "brand-new"]);
    });

    await t.step("with the database stopped questions come by slug, even to somebody nobody has seen", async () => {
      const flags = ["--data-dir", dataDir, "--user", "late.person", "--role", "vendor_viewer"];
      const authorization = `Bearer ${(await run("token", flags)).stdout.trim()}`;
      const ask = (path: string, init = {}) =>
        fetch(`${stack.env.SUPABASE_URL}/functions/v1/${path}`, { headers: { authorization }, ...init });
      const server = processesOf(stack.pid, dataDir).find(({ command }) => command.includes("postgres -D"))!.pid;
      Deno.kill(server, "SIGINT");
      while (alive([server]).length > 0) await pause(20);

      const questions = await ask("construction/questions?categories=painting,interior,wall-painting");
      const { questions: asked, microId, microUuid, fallback } = await questions.json();
      deepStrictEqual([questions.status, microId, microUuid, fallback], [200, "wall-painting", null, true]);
      ok(asked.length > 8);
      for (
        const [path, method] of [["api/v1/me", "GET"], ["super_ids", "POST"], ["construction/jobs", "GET"]] as const
      ) {
        const response = await ask(path, { method });
        const { type } = await response.json();
        deepStrictEqual([response.status, type], [503, "/problems/database-unavailable"], path);
        match(response.headers.get("retry-after") ?? "", /^\d+$/);
      }
      stack.kill("SIGTERM");
      strictEqual((await stack.ended).code, 0, stack.stderr());
      stack = await start(dataDir);
    });

    await t.step("SIGTERM ends everything, in order", async () => {
      const before = processesOf(stack.pid, dataDir).map(({ pid }) => pid);
      stack.kill("SIGTERM");
      strictEqual((await stack.ended).code, 0);
      deepStrictEqual(alive(before), []);
      const refused = {
        code: 1,
        stdout: "",
        stderr: `The stack of ${dataDir} is not running: start it with npm start.\n`,
      };
      const token = ["token", "--user", "x", "--role", "viewer"];
      const ingest = ["ingest", join(import.meta.dirname!, "..", "..", "package.json"), "--mode", "products"];
      for (const [name, ...args] of [token, ingest]) {
        deepStrictEqual(await run(name!, [...args, "--data-dir", dataDir]), refused);
      }
      // Another stack may have taken its port meanwhile.
      const [name, ...args] = token;
      const elsewhere = Object.assign(new URL(Deno.env.get("SUPABASE_DB_URL")!), { password: "of-another-stack" });
      const settings = await Deno.readTextFile(join(dataDir, "env"));
      await Deno.writeTextFile(join(dataDir, "env"), `${settings}SUPABASE_DB_URL=${elsewhere.href}\n`);
      deepStrictEqual(await run(name!, [...args, "--data-dir", dataDir]), refused);
    });

    await t.step("a second Ctrl-C does not wait for the start, and leaves nothing either", async () => {
      const starting = begin(dataDir);
      const database = () => processesOf(starting.pid, dataDir).some(({ command }) => command.includes("postgres -D"));
      while (!database()) await pause(20);
      starting.kill("SIGINT");
      while (!starting.stderr().includes("Stopping ...")) await pause(20);
      await pause(500); // What comes sooner counts as an echo of the first.
      starting.kill("SIGINT");
      await starting.ended;
      await pause(500);
      deepStrictEqual(processesOf(starting.pid, dataDir), []);
    });

    await Deno.remove(dataDir, { recursive: true });
  },
});
