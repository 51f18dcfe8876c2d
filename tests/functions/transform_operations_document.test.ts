import { deepStrictEqual } from "node:assert";

const root = new URL("../../", import.meta.url);

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, root));
}

Deno.test("every transform operation has a row in its document, a file and a test", () => {
  const registry = read("sql/ingestion/operations/transform_operations.sql").split("values\n")[1] ?? "";
  const registered = [...registry.matchAll(/\(\s*'([a-z_0-9]+)',\s*(?:jsonb )?'\{/g)].map((match) => match[1]);
  const document = read("docs/transform_operations.md").split("### All operations")[1] ?? "";
  const documented = [...document.matchAll(/^\| `([a-z_0-9]+)` \|/gm)].map((match) => match[1]);
  const named = (folder: string, ending: string) =>
    [...Deno.readDirSync(new URL(folder, root))].map((entry) => entry.name)
      .filter((name) => name.startsWith("op_") && name.endsWith(ending))
      .map((name) => name.slice(3, -ending.length)).sort();

  deepStrictEqual(documented, registered);
  deepStrictEqual(named("sql/ingestion/operations/", ".sql"), registered.toSorted());
  deepStrictEqual(named("tests/database/ingestion_operations/", ".test.sql"), registered.toSorted());
});
