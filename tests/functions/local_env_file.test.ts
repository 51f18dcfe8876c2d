import { deepStrictEqual, strictEqual } from "node:assert";
import { join } from "node:path";
import { parseEnv, readEnvFile, writeEnvFile } from "../../scripts/local/env_file.ts";

Deno.test("parseEnv() reads names, quotes, exports and comments", () => {
  const text =
    '# head\nA=1\r\nexport B = "two words"\nC=\'#3\'\nD=four # note\nE=\n\nnot a line\nF={"default":"x"}\nG=a=b';
  deepStrictEqual(parseEnv(text), {
    A: "1",
    B: "two words",
    C: "#3",
    D: "four",
    E: "",
    F: '{"default":"x"}',
    G: "a=b",
  });
});

Deno.test("writeEnvFile() lets only the owner read what it wrote, and readEnvFile() gives it back", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "env");
  await writeEnvFile(file, { A: "1" });
  await writeEnvFile(file, { SUPABASE_URL: "http://127.0.0.1:1", KEY: "sb_secret_x" });
  deepStrictEqual(await readEnvFile(file), { SUPABASE_URL: "http://127.0.0.1:1", KEY: "sb_secret_x" });
  strictEqual(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
  deepStrictEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["env"]);
  deepStrictEqual(await readEnvFile(join(folder, "none")), {});
  await Deno.remove(folder, { recursive: true });
});
