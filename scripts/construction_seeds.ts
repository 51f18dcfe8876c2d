/**
 * `node scripts/run.mjs construction_seeds`: writes sql/construction/seeds/ from functions/construction/catalogue/, the
 * one source of services and questions. A test fails while the two differ.
 */
import { join } from "node:path";
import { renderConstructionSeeds } from "./construction_seeds/render.ts";
import { root } from "./migrations/sources.ts";

const folder = join(root, "sql", "construction", "seeds");

if (Deno.args.includes("--help")) {
  console.log(
    "node scripts/run.mjs construction_seeds\n\nWrites sql/construction/seeds/ from functions/construction/catalogue/.",
  );
  Deno.exit(0);
}
for (const [name, text] of renderConstructionSeeds()) await Deno.writeTextFile(join(folder, name), text);
console.log("Written; now npm run migrations.");
