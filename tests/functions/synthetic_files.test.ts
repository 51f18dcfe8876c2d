import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from "node:assert";
import { catalogHeader, createCatalogRows, gtin13 } from "../../scripts/generate/catalog.ts";
import { createCustomerRows, customerHeader } from "../../scripts/generate/customers.ts";
import { foods } from "../../scripts/generate/foods.ts";
import { formatRow, writeCsv } from "../../scripts/generate/write_csv.ts";

const named = (header: readonly string[], cells: string[]) =>
  Object.fromEntries(header.map((name, at) => [name, cells[at]!])) as Record<string, string>;

Deno.test("catalog rows obey energy = 4/4/9, and sugar, fibre and saturated fat are parts of their wholes", () => {
  const row = createCatalogRows({ seed: 1, dirty: 0 });
  for (let index = 0; index < 500; index++) {
    const cells = named(catalogHeader, row(index).cells);
    const value = (name: string) => Number(cells[name]);
    ok(Math.abs(value("calories") - (4 * value("protein_g") + 4 * value("carbs_g") + 9 * value("fat_g"))) < 0.051);
    ok(value("sugar_g") <= value("carbs_g") && value("fiber_g") <= value("carbs_g"));
    ok(value("sat_fat_g") <= value("fat_g") && value("price") > 0 && value("sodium_mg") >= 0);
  }
});

Deno.test("catalog rows declare the allergens of their ingredients, and no diet that they break", () => {
  const row = createCatalogRows({ seed: 2, dirty: 0 });
  for (let index = 0; index < 500; index++) {
    const cells = named(catalogHeader, row(index).cells);
    const parts = cells.ingredients!.split(", ").map((name) => foods.find((food) => food.name === name)!);
    const expected = [...new Set(parts.flatMap(({ allergens }) => allergens))].sort().join("|") || "none";
    strictEqual(cells.allergens, expected);
    const isVegan = cells.dietary_tags!.split("|").includes("vegan");
    strictEqual(isVegan, parts.every(({ animal }) => animal === undefined));
    strictEqual(cells.dietary_tags!.includes("gluten_free"), !expected.split("|").includes("gluten"));
  }
});

Deno.test("gtin13() ends in the check digit", () => {
  for (const index of [0, 7, 123_456, 99_999_999]) {
    const digits = [...gtin13(index)].map(Number);
    strictEqual(digits.length, 13);
    strictEqual(digits.reduce((sum, digit, at) => sum + digit * (at % 2 ? 3 : 1), 0) % 10, 0);
  }
});

Deno.test("rows are the same for the same seed whatever came before; dirty ones only where asked for", async () => {
  for (const make of [createCatalogRows, createCustomerRows]) {
    const rows = async (seed: number, dirty = 0) => {
      const row = await make({ seed, dirty });
      return Array.from({ length: 300 }, (_, index) => row(index).cells);
    };
    const first = await rows(5);
    deepStrictEqual((await make({ seed: 5, dirty: 0 }))(299).cells, first[299]);
    notDeepStrictEqual(await rows(6), first);
    const differing = (await rows(5, 0.2)).filter((cells, at) => cells.join() !== first[at]!.join()).length;
    ok(differing > 30 && differing < 90, `${differing} of 300 are dirty`);
    strictEqual(new Set(first.map(([id]) => id)).size, 300);
  }
});

Deno.test("customer rows have a name, an address of their own and a birth date", async () => {
  const row = await createCustomerRows({ seed: 1, dirty: 0 });
  const rows = Array.from({ length: 300 }, (_, index) => named(customerHeader, row(index).cells));
  strictEqual(new Set(rows.map(({ email }) => email)).size, 300);
  for (const { email, dob, phone } of rows) {
    match(email!, /^[^@\s]+@example\.com$/);
    match(dob!, /^\d{4}-\d\d-\d\d$/);
    match(phone!, /^\+1202555\d{4}$/);
  }
});

Deno.test("writeCsv() writes header and rows in pieces, quoted where needed", async () => {
  strictEqual(formatRow(["a", 'b "c"', "d,e", "f\ng"]), 'a,"b ""c""","d,e","f\ng"\n');
  const out = await Deno.makeTempFile();
  const bytes = await writeCsv(out, ["n"], 2500, (index) => [String(index)]);
  const text = await Deno.readTextFile(out);
  deepStrictEqual([text.length, text.split("\n").length, text.split("\n")[2500]], [bytes, 2502, "2499"]);
  await Deno.remove(out);
});
