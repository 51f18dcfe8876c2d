import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");

const sections = [
  "Purpose",
  "Architecture",
  "Data models",
  "API endpoints",
  "Business logic",
  "Dependencies",
  "Performance requirements",
  "Security considerations",
  "Monitoring and observability",
  "Testing strategy",
  "Deployment",
  "Future enhancements",
  "Questions and decisions",
  "References",
];

const config = await Deno.readTextFile(join(root, "supabase", "config.toml"));

for (const [, name] of config.matchAll(/^\[functions\.(\w+)\]$/gm)) {
  Deno.test(`docs/services/${name}.md has every section of a specification, in order`, async () => {
    const page = await Deno.readTextFile(join(root, "docs", "services", `${name}.md`));
    const found = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    deepStrictEqual(found, sections);
  });
}
