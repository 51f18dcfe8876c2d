/** Product files of any size, the same for the same numbers: about 400 bytes a row, words as unevenly used as in real ones. */

const header =
  "sku,ean,name,brand,category,short_description,price,currency,dietary_tags,allergens,serving_size,ingredients," +
  "status,calories,protein_g,carbs_g,fat_g,sat_fat_g,sugar_g,fiber_g,sodium_mg,cholesterol_mg,potassium_mg,calcium_mg,iron_mg\n";
const tags = ["vegan", "vegetarian", "gluten_free", "dairy_free", "keto", "halal", "kosher", "organic"];
const allergens = ["milk", "eggs", "fish", "tree_nuts", "peanuts", "wheat", "soybeans", "sesame"];
const most = [600, 40, 80, 40, 15, 40, 12, 1200, 100, 800, 500, 10];
const syllables = [
  "ka",
  "mo",
  "ri",
  "ta",
  "ve",
  "lo",
  "shi",
  "no",
  "pe",
  "zu",
  "bra",
  "fen",
  "gol",
  "mar",
  "tel",
  "sun",
];
const words = Array.from(
  { length: 4000 },
  (_, i) => syllables[i % 16]! + syllables[(i >> 4) % 16]! + (i > 255 ? syllables[(i >> 8) % 16]! : ""),
);

/** A small fast generator of numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function gtin13(number: number): string {
  const digits = `20${String(number).padStart(10, "0")}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return digits + (10 - (sum % 10)) % 10;
}

/** One row; `version` changes its name, price and nutrients, never its key or barcode. */
function row(index: number, version: number): string {
  const next = random(index * 31 + version * 7919);
  const word = () => words[Math.floor(4000 * next() ** 3)]!;
  const phrase = (least: number, extra: number, by: string) =>
    Array.from({ length: least + Math.floor(next() * extra) }, word).join(by);
  const some = (list: string[], share: number) => list.filter(() => next() < share).join("|");
  const nutrients = most.map((limit) => (next() * limit).toFixed(1));
  return `SKU-${String(index).padStart(8, "0")},${gtin13(index)},${phrase(3, 4, " ")},Brand ${index % 200},` +
    `Category ${index % 40},${phrase(10, 12, " ")},${(next() * 30).toFixed(2)},USD,${some(tags, 0.2)},` +
    `${some(allergens, 0.15)},100 g,"${phrase(6, 8, ", ")}",active,${nutrients.join(",")}\n`;
}

/** The file of `count` rows; `changed` is the share of them in their second version. */
export function productFile(count: number, changed = 0): Uint8Array {
  const encoder = new TextEncoder();
  const every = changed === 0 ? 0 : Math.round(1 / changed);
  const parts: Uint8Array[] = [encoder.encode(header)];
  for (let from = 0; from < count; from += 10_000) {
    let text = "";
    for (let i = from; i < Math.min(from + 10_000, count); i++) text += row(i, every > 0 && i % every === 0 ? 1 : 0);
    parts.push(encoder.encode(text));
  }
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  return bytes;
}
