import { strictEqual } from "node:assert";
import { join } from "node:path";
import { apiClient, constructionClient, stack, superIdsClient } from "./people.ts";

const root = join(import.meta.dirname!, "..", "..");

Deno.test("Spectral finds nothing in the served documents, by its own and OWASP's rules", async () => {
  const folder = await Deno.makeTempDir({ prefix: "odyssey-spectral-" });
  try {
    const files: string[] = [];
    for (
      const [name, client] of [["api", await apiClient()], ["super_ids", await superIdsClient()], [
        "construction",
        await constructionClient(),
      ]] as const
    ) {
      const file = join(folder, `${name}.json`);
      // As a hosted project serves it: the stack of the tests speaks plain HTTP on the loopback.
      const text = JSON.stringify(client.document, null, 2).replaceAll(stack.url, "https://project.supabase.co");
      await Deno.writeTextFile(file, text);
      files.push(file);
    }
    const spectral = join(root, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js");
    const rules = join(root, ".spectral.yaml");
    const args = [spectral, "lint", "--ruleset", rules, "--fail-severity", "hint", "--format", "text", ...files];
    const { code, stdout } = await new Deno.Command("node", { args, cwd: root }).output();
    strictEqual(code, 0, new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
