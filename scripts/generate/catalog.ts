import { createRandom, pick, type Random, whole } from "../../functions/_shared/synthetic/random.ts";
import type { Fault, MadeRow, RowOptions } from "./faults.ts";
import { brandBeginnings, brandEndings, type Food, foods, forms, styles } from "./foods.ts";

export const catalogHeader = [
  "external_id",
  "barcode",
  "name",
  "brand",
  "description",
  "price",
  "currency",
  "ingredients",
  "allergens",
  "dietary_tags",
  "calories",
  "protein_g",
  "carbs_g",
  "sugar_g",
  "fiber_g",
  "fat_g",
  "sat_fat_g",
  "sodium_mg",
] as const;

type Column = typeof catalogHeader[number];

/** Makes the products of one file, each by its number. */
export function createCatalogRows({ seed, dirty }: RowOptions): (index: number) => MadeRow {
  return (index) => {
    const random = createRandom(seed, index, 1);
    const row = product(index, random);
    const fault = random() < dirty ? pick(random, catalogFaults) : undefined;
    fault?.spoil(row);
    return { cells: catalogHeader.map((column) => row[column]), fault };
  };
}

function product(index: number, random: Random): Record<Column, string> {
  const parts = mixture(random);
  const amount = (of: (food: Food) => number) => parts.reduce((sum, { food, share }) => sum + of(food) * share, 0);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const [protein, carbs, fat] = [
    tenth(amount((food) => food.protein)),
    tenth(amount((food) => food.carbs)),
    tenth(amount((food) => food.fat)),
  ];
  const [first, second] = parts;
  const name = `${pick(random, styles)} ${title(first!.food.name)} ${second ? `& ${title(second.food.name)} ` : ""}${
    pick(random, forms)
  }`;
  const allergens = [...new Set(parts.flatMap(({ food }) => food.allergens))].sort();
  const brand = `${pick(random, brandBeginnings)}${pick(random, brandEndings)}`;
  return {
    external_id: `GEN-${String(index + 1).padStart(8, "0")}`,
    barcode: gtin13(index),
    name,
    brand,
    description: `${name} by ${brand}, made with ${parts.map(({ food }) => food.name).join(", ")}.`,
    price: (whole(random, 99, 2499) / 100).toFixed(2),
    currency: "USD",
    ingredients: parts.map(({ food }) => food.name).join(", "),
    allergens: allergens.length ? allergens.join("|") : "none",
    dietary_tags: tags(parts.map(({ food }) => food)).join("|"),
    // Energy follows from the amounts as printed, so that a check of the row finds no contradiction.
    calories: tenth(4 * protein + 4 * carbs + 9 * fat).toFixed(1),
    protein_g: protein.toFixed(1),
    carbs_g: carbs.toFixed(1),
    sugar_g: Math.min(carbs, tenth(amount((food) => food.sugar))).toFixed(1),
    fiber_g: Math.min(carbs, tenth(amount((food) => food.fiber))).toFixed(1),
    fat_g: fat.toFixed(1),
    sat_fat_g: Math.min(fat, tenth(amount((food) => food.saturated))).toFixed(1),
    sodium_mg: tenth(amount((food) => food.sodium)).toFixed(1),
  };
}

/** Two to five different foods and their shares, the largest first. */
function mixture(random: Random): { food: Food; share: number }[] {
  const chosen = new Set<Food>();
  const count = whole(random, 2, 5);
  while (chosen.size < count) chosen.add(pick(random, foods));
  const weighed = [...chosen].map((food) => ({ food, weight: 0.1 + random() }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed.map(({ food, weight }) => ({ food, share: weight / total })).sort((a, b) => b.share - a.share);
}

function tags(parts: Food[]): string[] {
  const found = [];
  if (parts.every(({ animal }) => animal === undefined)) found.push("vegan");
  if (parts.every(({ animal }) => animal !== "meat" && animal !== "fish")) found.push("vegetarian");
  if (!parts.some(({ allergens }) => allergens.includes("gluten"))) found.push("gluten_free");
  if (!parts.some(({ allergens }) => allergens.includes("milk"))) found.push("dairy_free");
  return found;
}

/** A number for use within a company (it begins with 2), with its check digit. */
export function gtin13(index: number): string {
  const digits = `2${String(index).padStart(11, "0")}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return `${digits}${(10 - sum % 10) % 10}`;
}

function title(words: string): string {
  return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** What goes wrong in real files, and what ingestion says to it. */
export const catalogFaults: readonly Fault<Column>[] = [
  { field: "name", code: "required", losesRow: true, spoil: (row) => row.name = "" },
  { field: "external_id", code: "required", losesRow: true, spoil: (row) => row.external_id = "" },
  { field: "price", code: "invalid_price", losesRow: true, spoil: (row) => row.price = "free" },
  {
    field: "barcode",
    code: "barcode_invalid",
    spoil: (row) => row.barcode = row.barcode.slice(0, -1) + (Number(row.barcode.at(-1)) + 1) % 10,
  },
  {
    field: "barcode",
    code: "barcode_damaged",
    spoil: (row) => row.barcode = `${row.barcode.slice(0, 1)}.${row.barcode.slice(1, 6)}E+12`,
  },
  { field: "calories", code: "invalid_nutrition", spoil: (row) => row.calories = "-1" },
  { field: "protein_g", code: "invalid_nutrition", spoil: (row) => row.protein_g = "plenty" },
  { field: "carbs_g", code: null, isBlank: true, spoil: (row) => row.carbs_g = "NaN" },
  { field: "allergens", code: null, spoil: (row) => row.allergens = "moon dust" },
  { field: "description", code: null, spoil: (row) => row.description = 'said "so",\nand left' },
];
