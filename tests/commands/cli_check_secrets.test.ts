// What `npm run check` takes for a secret. The planted ones are put together here, so that this file holds none.
import { deepEqual, equal, ok } from "node:assert/strict";
import { checkSecrets, findSecrets } from "../../scripts/check/secrets.ts";
import { allowedSecrets } from "../../scripts/check/secrets_allowed.ts";
import { root } from "../../scripts/migrations/sources.ts";
import { join } from "node:path";

const letters = (count: number) => "aB3dE6gH9jK2mN5pQ8sT".repeat(9).slice(0, count);
const hex = (count: number) => "0123456789abcdef".repeat(4).slice(0, count);

const planted: [name: string, text: string][] = [
  ["a Supabase secret key", "sb_" + "secret_" + letters(31)],
  ["a Supabase access token", "sbp_" + hex(40)],
  ["a webhook secret", "whsec_" + letters(32)],
  ["a private key", "-----BEGIN " + "RSA PRIVATE KEY-----\n" + letters(64)],
  ["a private JWK", `{"kty":"EC","d":` + ` "${letters(43)}"}`],
  ["a JWT", "eyJ" + letters(20) + ".eyJ" + letters(40) + "." + letters(43)],
  ["an AWS access key", "AKIA" + "0123456789ABCDEF"],
  ["an AWS secret key", "aws_secret_access_key = " + letters(40)],
  ["a GitHub token", "ghp_" + letters(36)],
  ["an npm token", "npm_" + letters(36)],
  ["a Stripe key", "sk_live_" + letters(24)],
  ["a Slack token", "xoxb-" + letters(24)],
  ["a Google API key", "AIza" + letters(35)],
  ["an address with a password", "postgresql://postgres:" + letters(12) + "@db.example.com:5432/postgres"],
];

Deno.test("a planted secret of each form is found at its line, and not repeated", () => {
  for (const [name, text] of planted) {
    const problems = findSecrets("docs/x.md", `first\nKEY=${text}\n`);
    deepEqual(problems.map(({ line, message }) => [line, message.includes(`looks like ${name}:`)]), [[2, true]], name);
    ok(!problems[0]!.message.includes(letters(12)));
  }
});

Deno.test("placeholders are no secrets", () => {
  const text = [
    "postgresql://postgres:PASSWORD@HOST:5432/postgres",
    "postgres://${role}:${passwords[role]}@127.0.0.1",
    "https://user:[YOUR-PASSWORD]@host",
    "sb_secret_...",
    "whsec_<base64>",
    "Bearer eyJ...",
    "http://127.0.0.1:54321/a@b",
    "postgres://postgres:postgres@localhost",
  ].join("\n");
  deepEqual(findSecrets("docs/x.md", text), []);
});

Deno.test("an allowed example is allowed in its own file alone, and still there", async () => {
  for (const { file, contains } of allowedSecrets) {
    const text = await Deno.readTextFile(join(root, file));
    ok(text.includes(contains), `${file} no longer holds what it is allowed`);
    deepEqual(findSecrets(file, text), []);
    ok(findSecrets("docs/elsewhere.md", text).length > 0, `${file} needs no leave`);
  }
});

Deno.test("files that git does not know yet are looked into as well, and no file holds a secret", async () => {
  deepEqual(await checkSecrets(), []);
  const folder = await Deno.makeTempDir({ dir: join(root, "docs"), prefix: "planted-" });
  try {
    await Deno.writeTextFile(join(folder, "notes.md"), planted[0]![1]);
    equal((await checkSecrets()).filter(({ file }) => file.startsWith("docs/planted-")).length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
