/** What made-up products are made of. Amounts are grams in 100 g, sodium milligrams. */
export interface Food {
  name: string;
  protein: number;
  carbs: number;
  sugar: number;
  fiber: number;
  fat: number;
  saturated: number;
  sodium: number;
  allergens: readonly string[];
  animal?: "meat" | "fish" | "other";
}

const food = (
  name: string,
  [protein, carbs, sugar, fiber, fat, saturated, sodium]: [number, number, number, number, number, number, number],
  allergens: readonly string[] = [],
  animal?: "meat" | "fish" | "other",
): Food => ({ name, protein, carbs, sugar, fiber, fat, saturated, sodium, allergens, ...(animal ? { animal } : {}) });

export const foods: readonly Food[] = [
  food("wheat flour", [10, 76, 0.3, 2.7, 1, 0.2, 2], ["wheat", "gluten"]),
  food("oats", [13, 66, 1, 10, 7, 1.2, 5], ["gluten"]),
  food("rice", [7, 79, 0.1, 1.3, 0.7, 0.2, 5]),
  food("quinoa", [14, 64, 3, 7, 6, 0.7, 5]),
  food("chickpeas", [9, 27, 5, 8, 2.6, 0.3, 7]),
  food("lentils", [9, 20, 1.8, 8, 0.4, 0.1, 2]),
  food("tomatoes", [0.9, 3.9, 2.6, 1.2, 0.2, 0, 5]),
  food("spinach", [2.9, 3.6, 0.4, 2.2, 0.4, 0.1, 79]),
  food("carrots", [0.9, 9.6, 4.7, 2.8, 0.2, 0, 69]),
  food("apples", [0.3, 14, 10, 2.4, 0.2, 0, 1]),
  food("dates", [2.5, 75, 63, 8, 0.4, 0, 2]),
  food("sugar", [0, 100, 100, 0, 0, 0, 1]),
  food("olive oil", [0, 0, 0, 0, 100, 14, 2]),
  food("milk", [3.4, 4.8, 4.8, 0, 3.6, 2.3, 44], ["milk"], "other"),
  food("cheddar", [25, 1.3, 0.5, 0, 33, 19, 621], ["milk"], "other"),
  food("butter", [0.9, 0.1, 0.1, 0, 81, 51, 11], ["milk"], "other"),
  food("eggs", [12.6, 0.7, 0.4, 0, 9.5, 3.1, 142], ["eggs"], "other"),
  food("almonds", [21, 22, 4.4, 12, 50, 3.8, 1], ["tree_nuts"]),
  food("peanuts", [26, 16, 4.7, 8.5, 49, 6.3, 18], ["peanuts"]),
  food("sesame", [18, 23, 0.3, 12, 50, 7, 11], ["sesame"]),
  food("soybeans", [18, 8, 3, 6, 9, 1.3, 1], ["soybeans"]),
  food("tofu", [8, 1.9, 0.6, 0.3, 4.8, 0.7, 7], ["soybeans"]),
  food("salmon", [20, 0, 0, 0, 13, 3.1, 59], ["fish"], "fish"),
  food("tuna", [23, 0, 0, 0, 1, 0.2, 45], ["fish"], "fish"),
  food("prawns", [24, 0.2, 0, 0, 0.3, 0.1, 111], ["crustaceans"], "fish"),
  food("chicken", [27, 0, 0, 0, 3.6, 1, 74], [], "meat"),
  food("beef", [26, 0, 0, 0, 15, 6, 72], [], "meat"),
  food("celery", [0.7, 3, 1.3, 1.6, 0.2, 0, 80], ["celery"]),
  food("mustard", [4, 5, 1, 3, 4, 0.2, 1135], ["mustard"]),
  food("cocoa", [20, 58, 1.8, 33, 14, 8, 21]),
];

export const styles = [
  "Roasted",
  "Organic",
  "Creamy",
  "Spiced",
  "Classic",
  "Crunchy",
  "Smoked",
  "Fresh",
  "Golden",
  "Wild",
];
export const forms = [
  "Bowl",
  "Bar",
  "Soup",
  "Salad",
  "Mix",
  "Spread",
  "Bites",
  "Stew",
  "Snack",
  "Wrap",
  "Granola",
  "Dip",
];
export const brandBeginnings = [
  "Green",
  "Sun",
  "River",
  "Harvest",
  "North",
  "Olive",
  "Stone",
  "Meadow",
  "Copper",
  "Blue",
];
export const brandEndings = [
  "field",
  "mill",
  "kitchen",
  "farm",
  "pantry",
  "valley",
  "table",
  "grove",
  "hearth",
  "garden",
];
