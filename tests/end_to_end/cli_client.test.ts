import { deepStrictEqual, match, strictEqual } from "node:assert";
import { join } from "node:path";
import { createPerson, stack } from "./people.ts";

const root = join(import.meta.dirname!, "..", "..");

async function deno(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root, env }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("npm run client: the example compiles against the types it makes, and runs", async () => {
  const folder = await Deno.makeTempDir({ prefix: "odyssey-client-" });
  try {
    const types = join(folder, "odyssey.d.ts");
    const made = await deno(["run", "-A", "scripts/client.ts", "--out", types]);
    deepStrictEqual([made.code, made.stdout], [0, `${types}\n`], made.stderr);
    await Deno.copyFile(join(root, "docs", "examples", "client.ts"), join(folder, "client.ts"));
    const { token } = await createPerson("cleo", { role: "vendor_operator", vendor: "client" });
    const env = { SUPABASE_URL: stack.url, ODYSSEY_TOKEN: token };
    const ran = await deno(["run", "-A", "--check", "--config", "deno.json", join(folder, "client.ts")], env);
    strictEqual(ran.code, 0, ran.stderr);
    match(ran.stdout, /^1 received, 0 failed\nOat drink: 3.50 USD\n$/);

    const wrong = join(folder, "wrong.ts");
    const source = await Deno.readTextFile(join(folder, "client.ts"));
    await Deno.writeTextFile(wrong, source.replace('q: "oat"', 'query: "oat"'));
    const refused = await deno(["check", "--config", "deno.json", wrong]);
    match(refused.stderr, /'query' does not exist/, "a parameter that is not there does not compile");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
