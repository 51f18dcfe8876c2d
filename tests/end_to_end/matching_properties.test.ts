/** Promises that hold for every customer and catalogue. Each example lives in a transaction that is undone. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as fc from "fast-check";
import type postgres from "postgres";
import { connect, createMember, createVendor } from "./database_people.ts";

type Item = {
  external_id: string;
  nutrition?: Record<string, number> | null;
  allergens: string[] | null;
  may_contain: string[] | null;
  free_from: string[] | null;
  [field: string]: postgres.JSONValue | undefined;
};
type Profile = { conditions: string[]; avoid_allergens: string[]; diet_goals: string[] };
type Result = { score: number; product: Item; breakdown: unknown; reasons: string[] };
type Answer = { results: Result[] };
type Example = { items: Item[]; profiles: Profile[]; unknown: "exclude" | "warn" };
type Matched = { answer: Answer; ceilings: string[] };

const sql = connect(1);
globalThis.addEventListener("unload", () => void sql.end({ timeout: 0 }));
const vendorId = await createVendor(sql);
const admin = await createMember(sql, vendorId, "vendor_admin");

class Undo extends Error {}

/** What new customers of a new catalogue are matched with, and the daily limits it was done by. */
async function match(
  { items, profiles, unknown }: Example,
  change: (tx: postgres.TransactionSql) => Promise<unknown> = () => Promise.resolve(),
): Promise<Matched[]> {
  const found: Matched[] = [];
  try {
    await sql.begin(async (tx) => {
      const enter = () => tx`select app.enter_request(app.begin_request(${admin}))`;
      await enter();
      const batch = items.map((item) => ({ name: "Product", ...item }));
      const [stored] = await tx<{ failed: number }[]>`
        select (public.upsert_products(${sql.json(batch)}) ->> 'failed')::int as failed`;
      strictEqual(stored!.failed, 0);
      await tx`reset role`;
      // As old as its name says, whatever the order it was written in.
      await tx`
        update public.products as p set updated_at = timestamptz '2026-06-01' - length(p.external_id) * interval '20 days'
        where p.vendor_id = ${vendorId}`;
      await change(tx);
      await enter();
      await tx`select public.put_scoring_policy(${
        sql.json({
          weights: { preference_fit: 0.3, budget_fit: 0.6, recency: 0.1 },
          unknown_allergens: unknown,
        })
      })`;
      await tx`select public.upsert_customers(${
        sql.json(profiles.map((_, n) => ({ external_id: `c${n}`, full_name: "C", email: "c@example.com" })))
      })`;
      await tx`select public.record_customer_consent(
        c.id, '{"consent_type": "health_data", "granted": true, "version": "1"}') from public.customers as c`;
      const measures = { height_cm: 170, weight_kg: 70, age: 40, gender: "female", activity_level: "light" };
      for (const [n, profile] of profiles.entries()) {
        const [row] = await tx<Matched[]>`
          select
            array(select jsonb_object_keys(
              public.put_customer_health(c.id, ${sql.json({ ...measures, ...profile })}) #> '{derived_limits,ceilings}'
            )) as ceilings,
            public.match_products(c.id, 100) as answer
          from public.customers as c where c.external_id = ${`c${n}`}`;
        found.push(row!);
      }
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return found;
}

const allergens = ["milk", "gluten", "wheat", "peanuts", "eggs"];
const codes = fc.subarray(allergens);
const amount = (most: number) => fc.option(fc.integer({ min: 0, max: most * 10 }).map((n) => n / 10), { freq: 5 });
const nutrition = fc.record({
  calories: amount(600),
  sodium_mg: amount(900),
  sugar_g: amount(40),
  added_sugar_g: amount(40),
  sat_fat_g: amount(12),
  fiber_g: amount(8),
  potassium_mg: amount(800),
  protein_g: amount(30),
}).map((given) =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [string, number] => entry[1] !== null))
);
const item = fc.record({
  external_id: fc.stringMatching(/^[a-z]{1,8}$/),
  nutrition: fc.option(nutrition, { freq: 8 }),
  nutrition_basis: fc.constantFrom("serving", "100g"),
  serving_size: fc.constantFrom(null, "30 g", "250 g"),
  dietary_tags: fc.subarray(["vegan", "gluten_free", "lactose_free", "organic"]),
  allergens: fc.option(codes),
  may_contain: fc.option(codes),
  free_from: fc.option(codes),
});
const items = fc.uniqueArray(item, { selector: ({ external_id }) => external_id, minLength: 1, maxLength: 20 });
const profile = fc.record({
  conditions: fc.subarray(["hypertension", "type_2_diabetes", "ckd", "celiac", "lactose_intolerance", "obesity"]),
  avoid_allergens: fc.subarray(allergens, { maxLength: 2 }),
  diet_goals: fc.subarray(["vegan", "organic"]),
});
const profiles = fc.array(profile, { minLength: 5, maxLength: 5 });
const patient: Profile = {
  conditions: ["hypertension", "type_2_diabetes", "obesity"],
  avoid_allergens: [],
  diet_goals: [],
};
// Sugar counts where added sugar is not told.
const complete: Item = {
  external_id: "x",
  nutrition: {
    calories: 150,
    sodium_mg: 100,
    sugar_g: 2,
    sat_fat_g: 1,
    potassium_mg: 100,
    fiber_g: 2,
  },
  nutrition_basis: "serving",
  serving_size: "30 g",
  dietary_tags: [],
  allergens: [],
  may_contain: [],
  free_from: [],
};
const unknown = fc.constantFrom<"exclude" | "warn">("exclude", "warn");
const example = fc.record({ items, profiles, unknown });

Deno.test("matching: an avoided allergen never appears, whatever the customer and the catalogue", async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(example, async (given) => {
      for (const [n, { answer }] of (await match(given)).entries()) {
        const { avoid_allergens, conditions } = given.profiles[n]!;
        const avoided = [...avoid_allergens, ...conditions.includes("celiac") ? ["gluten"] : []];
        const below = avoided.includes("gluten") ? [...avoided, "wheat"] : avoided;
        for (const { product } of answer.results) {
          const carried = [...product.allergens ?? [], ...product.may_contain ?? []];
          deepStrictEqual(carried.filter((code) => below.includes(code)), [], product.external_id);
          if (given.unknown === "exclude" && product.allergens === null) {
            const proven = product.free_from ?? [];
            ok(avoided.every((code) => proven.includes(code) || code === "wheat" && proven.includes("gluten")));
          }
          shown++;
        }
      }
    }),
    { numRuns: 8 },
  );
  ok(shown > 0, "and something is shown");
});

Deno.test("matching: more of a limited nutrient never scores higher, more fibre never lower", async () => {
  const compared = new Set<string>();
  const more = fc.integer({ min: 1, max: 5000 }).map((n) => n / 10);
  await fc.assert(
    fc.asyncProperty(item, profiles, more, async (base, wanted, add) => {
      const plain = { ...base, external_id: "x", allergens: [], may_contain: [], nutrition: base.nutrition ?? {} };
      const raised = ["calories", "sodium_mg", "sugar_g", "added_sugar_g", "sat_fat_g", "potassium_mg", "fiber_g"];
      // Names of one length: products of one age.
      const variants = raised.filter((key) => key in plain.nutrition).map((key, n) => ({
        ...plain,
        key,
        external_id: String.fromCharCode(97 + n),
        nutrition: { ...plain.nutrition, [key]: plain.nutrition[key]! + add },
      }));
      const stored = [plain, ...variants].map(({ key: _, ...stored }: Item) => stored as Item);
      for (const { answer, ceilings } of await match({ items: stored, profiles: wanted, unknown: "exclude" })) {
        const scores = new Map(answer.results.map(({ product, score }) => [product.external_id, score]));
        const score = scores.get("x");
        for (const { key, external_id } of variants) {
          const other = scores.get(external_id);
          if (key === "fiber_g") ok(score === undefined || other! >= score, key);
          else if (score === undefined) strictEqual(other, undefined, `${key}: more of it opens no door`);
          else ok(other === undefined || other <= score, key);
          if (other !== undefined && other !== score) compared.add(key);
        }
        ok(ceilings.includes("sodium_mg"));
      }
    }),
    // The first example has all that is compared; chance alone may leave one out.
    { numRuns: 12, examples: [[complete, [patient, patient, patient, patient, patient], 3]] },
  );
  for (const key of ["sodium_mg", "sugar_g", "sat_fat_g", "fiber_g"]) ok(compared.has(key), `${key} made a difference`);
});

Deno.test("matching: the same inputs give the same bytes, in whatever order and state they were written", async () => {
  const told = (found: Matched[]) =>
    JSON.stringify(
      found.map(({ answer: { results } }) =>
        results.map(({ product, score, breakdown, reasons }) => [product.external_id, score, breakdown, reasons])
      ),
    );
  await fc.assert(
    fc.asyncProperty(
      example.chain((given) =>
        fc.tuple(
          fc.constant(given),
          fc.shuffledSubarray(given.items, {
            minLength: given.items.length,
          }),
        )
      ),
      async ([given, shuffled]) => {
        const first = told(await match(given));
        strictEqual(told(await match(given)), first);
        strictEqual(told(await match({ ...given, items: shuffled })), first);
        // With statistics, and with rows that are older than these: found by cells instead of one by one.
        const settled = await match(given, async (tx) => {
          await tx`update app.product_match_facts set written_by = '3' where vendor_id = ${vendorId}`;
          await tx`select app.refresh_match_statistics(${vendorId})`;
          await tx`update app.match_classes set products = products + 20000 where vendor_id = ${vendorId}`;
        });
        strictEqual(told(settled), first);
      },
    ),
    { numRuns: 3 },
  );
});
