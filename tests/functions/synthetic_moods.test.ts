import { createHash } from "node:crypto";
import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from "node:assert";
import { checkIns } from "../../functions/_shared/synthetic/check_ins.ts";
import { type MoodPattern, moodPatterns, moods } from "../../functions/_shared/synthetic/mood_patterns.ts";
import { createPeople, locales } from "../../functions/_shared/synthetic/person.ts";
import { createRandom, normal, whole } from "../../functions/_shared/synthetic/random.ts";

const people = 200;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const near = (value: number, expected: number, by: number, what: string) =>
  ok(Math.abs(value - expected) <= by, `${what}: ${value.toFixed(3)}, expected ${expected} within ${by}`);

/** The moods of many people; `at(from, to)` are those of a stretch of the course. */
function cohort(pattern: MoodPattern, count = 101, startDate = "2026-01-01") {
  const all = Array.from(
    { length: people },
    (_, person) => moods(pattern, count, startDate, createRandom(1, person, 2)),
  );
  return {
    all,
    at: (from: number, to = from) => all.flatMap((person) => person.slice(from, to + 1)),
    within: mean(all.map(deviation)),
  };
}

Deno.test("moods() of every pattern lie between 1 and 10, in tenths, as many as asked for", () => {
  for (const pattern of moodPatterns) {
    for (const count of [0, 1, 2, 365]) {
      const values = moods(pattern, count, "2026-01-01", createRandom(3));
      strictEqual(values.length, count);
      ok(values.every((value) => value >= 1 && value <= 10 && Number.isInteger(Math.round(value * 1e6) / 1e5)));
    }
  }
});

Deno.test("moods() stable: about 6.5 all along, within 0.6", () => {
  const { at, within } = cohort("stable");
  near(mean(at(0, 20)), 6.5, 0.1, "beginning");
  near(mean(at(80, 100)), 6.5, 0.1, "end");
  near(within, 0.6, 0.05, "deviation");
});

Deno.test("moods() improving: from 3.5 to 8; declining: from 8 to 3.5; both through the middle", () => {
  for (const [pattern, first, last] of [["improving", 3.5, 8], ["declining", 8, 3.5]] as const) {
    const { at } = cohort(pattern);
    near(mean(at(0, 4)), first + (last - first) * 0.02, 0.15, `${pattern}, beginning`);
    near(mean(at(48, 52)), 5.75, 0.1, `${pattern}, middle`);
    near(mean(at(96, 100)), last - (last - first) * 0.02, 0.15, `${pattern}, end`);
  }
});

Deno.test("moods() volatile: about 5.5 without a trend, three times as wide as stable", () => {
  const { at, within } = cohort("volatile");
  near(mean(at(0, 100)), 5.5, 0.1, "mean");
  near(mean(at(0, 20)), mean(at(80, 100)), 0.2, "trend");
  near(within, 2.1, 0.15, "deviation");
});

Deno.test("moods() seasonal: 8.5 in late June, 3.5 in late December, whenever it starts", () => {
  for (const startDate of ["2026-01-01", "2026-07-01"]) {
    const { at } = cohort("seasonal", 365, startDate);
    const place = (date: string) => (Date.parse(date) - Date.parse(startDate)) / 86_400_000;
    const [june, december] = startDate === "2026-01-01" ? ["2026-06-21", "2026-12-21"] : ["2027-06-21", "2026-12-21"];
    near(mean(at(place(june) - 3, place(june) + 3)), 8.5, 0.15, "June");
    near(mean(at(place(december) - 3, place(december) + 3)), 3.5, 0.15, "December");
  }
});

Deno.test("moods() crisis_and_recovery: 7, then 2 in the middle, then back near 7", () => {
  const { at } = cohort("crisis_and_recovery");
  near(mean(at(0, 39)), 7, 0.1, "before");
  near(mean(at(50)), 2, 0.15, "crisis");
  near(mean(at(65)), 7 - 5 * Math.exp(-1), 0.15, "a while later");
  near(mean(at(95, 100)), 6.78, 0.15, "end");
});

Deno.test("checkIns() are one a day, with energy and sleep that follow the mood and anxiety that opposes it", () => {
  const rows = checkIns("volatile", 500, "2026-01-01", createRandom(5));
  deepStrictEqual(rows.map(({ checked_in_at }) => checked_in_at.slice(0, 10)).slice(0, 3), [
    "2026-01-01",
    "2026-01-02",
    "2026-01-03",
  ]);
  ok(rows.every(({ checked_in_at }) => Number(checked_in_at.slice(11, 13)) >= 7));
  strictEqual(new Set(rows.map(({ checked_in_at }) => checked_in_at.slice(0, 10))).size, 500);
  const correlation = (key: "energy" | "anxiety" | "sleep_hours") => {
    const [x, y] = [rows.map((row) => row.mood), rows.map((row) => row[key])];
    return mean(x.map((value, at) => (value - mean(x)) * (y[at]! - mean(y)))) / (deviation(x) * deviation(y));
  };
  ok(correlation("energy") > 0.7 && correlation("sleep_hours") > 0.5 && correlation("anxiety") < -0.7);
});

Deno.test("createRandom() gives the same numbers for the same seeds, others for others, evenly spread", () => {
  const numbers = (...seeds: number[]) => Array.from({ length: 5000 }, createRandom(...seeds));
  deepStrictEqual(numbers(1, 2), numbers(1, 2));
  for (const other of [[2, 1], [1, 3], [1], [4294967295, 2]]) notDeepStrictEqual(numbers(1, 2), numbers(...other));
  near(mean(numbers(9)), 0.5, 0.02, "mean");
  const random = createRandom(4);
  const normals = Array.from({ length: 5000 }, () => normal(random, 3, 2));
  near(mean(normals), 3, 0.1, "mean of the normal distribution");
  near(deviation(normals), 2, 0.1, "its deviation");
  deepStrictEqual([...new Set(Array.from({ length: 500 }, () => whole(random, 1, 3)))].sort(), [1, 2, 3]);
});

Deno.test("a seed gives the same people and check-ins on every machine and version", async () => {
  const made = [];
  for (const locale of locales) {
    const person = await createPeople(locale);
    for (let index = 0; index < 20; index++) made.push(person(createRandom(42, index, 1), "patient", 2026));
  }
  for (const pattern of moodPatterns) made.push(checkIns(pattern, 90, "2026-01-01", createRandom(42, 7, 2)));
  // Another value means that a seed from before gives other data: say so in the change log.
  strictEqual(createHash("sha256").update(JSON.stringify(made)).digest("hex").slice(0, 16), "78c873431ab064ad");
});

Deno.test("createPeople() makes the same people for the same numbers, in every locale", async () => {
  for (const locale of locales) {
    const person = await createPeople(locale);
    const make = (index: number) => person(createRandom(1, index, 1), "patient", 2026);
    deepStrictEqual(make(1), make(1));
    strictEqual(new Set(Array.from({ length: 300 }, (_, index) => make(index).mailbox)).size, 300);
    for (let index = 0; index < 50; index++) {
      const { full_name, birth_date, mailbox } = make(index);
      ok(full_name.includes(" "));
      match(mailbox, /^[a-z]+\.[a-z]+\.[0-9a-z]+$/);
      const age = 2026 - Number(birth_date.slice(0, 4));
      ok(age >= 18 && age <= 87);
    }
  }
});
