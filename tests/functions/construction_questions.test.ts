import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { buildConstructionWizardQuestions } from "../../functions/construction/build_construction_wizard_questions.ts";
import { microServices } from "../../functions/construction/catalogue/micro_services.ts";
import { questionBlocks } from "../../functions/construction/catalogue/question_blocks.ts";
import { questionsFor, toSlug } from "../../functions/construction/catalogue/questions_for.ts";
import type { Lookup } from "../../functions/construction/lookups/lookups.ts";
import { renderConstructionSeeds } from "../../scripts/construction_seeds/render.ts";

const uuid = "5f6b1f2e-0f5a-5c3b-9a35-6a7d0a2f4b11";
const found = {
  lookup: (slug: string): Promise<Lookup> => Promise.resolve({ slug, microUuid: uuid, source: "cache" }),
};
const away = {
  lookup: (slug: string): Promise<Lookup> => Promise.resolve({ slug, microUuid: null, source: "fallback" }),
};
const blocksOf = (categories: string[]) => [...new Set(questionsFor(categories).map(({ block }) => block))];

Deno.test("wizard questions: questions, slug and uuid of the service selected", async () => {
  const wizard = await buildConstructionWizardQuestions(["painting", "interior", "wall-painting"], found);
  deepStrictEqual([wizard.microId, wizard.microUuid, wizard.fallback], ["wall-painting", uuid, false]);
  const ids = wizard.questions.map(({ id }) => id);
  ok(ids.includes("room_type") && ids.includes("surface_condition") && ids.includes("urgency"));
});

Deno.test("wizard questions: without a database they come all the same", async () => {
  const categories = ["painting", "interior", "wall-painting"];
  const wizard = await buildConstructionWizardQuestions(categories, away);
  deepStrictEqual([wizard.microId, wizard.microUuid, wizard.fallback], ["wall-painting", null, true]);
  deepStrictEqual(wizard.questions, (await buildConstructionWizardQuestions(categories, found)).questions);
});

Deno.test("wizard questions: null, nothing and what is no slug give the shared questions, and nobody is asked", async () => {
  const asked: string[] = [];
  const counting = { lookup: (slug: string) => (asked.push(slug), away.lookup(slug)) };
  for (const categories of [null, undefined, [], [""], [null, undefined], ["!!", "a/b"]]) {
    const wizard = await buildConstructionWizardQuestions(categories, counting);
    deepStrictEqual([wizard.microId, wizard.microUuid, wizard.fallback], [null, null, true]);
    deepStrictEqual([...new Set(wizard.questions.map(({ block }) => block))], ["property", "schedule", "remarks"]);
  }
  strictEqual(asked.length, 0);
});

Deno.test("wizard questions: an unknown service gets those of the levels above it", () => {
  deepStrictEqual(blocksOf(["painting", "interior", "unicorn"]), ["property", "painting", "schedule", "remarks"]);
  deepStrictEqual(blocksOf(["paint"]), ["property", "schedule", "remarks"]);
  deepStrictEqual(blocksOf(["plumbing", "wall-painting"]), blocksOf(["wall-painting"]));
});

Deno.test("catalogue: at least sixty services in three levels, each slug once and well formed", () => {
  ok(microServices.length >= 60);
  strictEqual(new Set(microServices.map(({ slug }) => slug)).size, microServices.length);
  for (const { slug, category, subcategory } of microServices) {
    deepStrictEqual([toSlug(slug), toSlug(category), toSlug(subcategory)], [slug, category, subcategory]);
  }
});

Deno.test("catalogue: every block belongs somewhere and has its own key", () => {
  strictEqual(new Set(questionBlocks.map(({ key }) => key)).size, questionBlocks.length);
  const places = new Set(microServices.flatMap(({ category, subcategory, slug }) => [
    category,
    `${category}/${subcategory}`,
    `${category}/${subcategory}/${slug}`,
  ]));
  for (const { key, applies_to } of questionBlocks) ok(applies_to === null || places.has(applies_to), key);
});

Deno.test("toSlug() reads what people write and refuses the rest", () => {
  const cases: [unknown, string | null][] = [
    ["wall-painting", "wall-painting"],
    ["  Wall Painting ", "wall-painting"],
    ["WALL_PAINTING", "wall-painting"],
    ["", null],
    ["-", null],
    ["a--b", null],
    ["a'b", null],
    ["a".repeat(81), null],
    [7, null],
    [null, null],
  ];
  for (const [given, wanted] of cases) strictEqual(toSlug(given), wanted, String(given));
});

Deno.test("seeds: sql/construction/seeds is what the catalogue says; run node scripts/run.mjs construction_seeds", async () => {
  const folder = new URL("../../sql/construction/seeds/", import.meta.url);
  const rendered = renderConstructionSeeds();
  deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [...rendered.keys()].sort());
  for (const [name, text] of rendered) strictEqual(await Deno.readTextFile(new URL(name, folder)), text, name);
});
