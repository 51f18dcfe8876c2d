import { z } from "@hono/zod-openapi";
import { id, pageOf, text, timestamp, wholeNumber } from "../_shared/http/fields.ts";
import { productExample } from "./product_examples.ts";
import { product } from "./product_schemas.ts";

/** What the routes of matching take and give. */

export const matchesParams = z.object({ customer_id: id });

export const matchesQuery = z.object({
  k: wholeNumber(1, 100).optional().openapi({
    type: "integer",
    minimum: 1,
    maximum: 100,
    default: 20,
    param: { description: "How many results at most." },
  }),
});

const component = {
  value: z.number().openapi({ description: "From 0 to 1." }),
  weight: z.number().openapi({ description: "Its share of all weights." }),
  points: z.number().openapi({ description: "What it adds to the score." }),
};

const nutrient = z.strictObject({
  kind: z.enum(["ceiling", "bonus"]),
  nutrient: z.string(),
  amount: z.number().nullable().openapi({ description: "In one serving; null where it is not stated." }),
  daily: z.number(),
  share: z.number().nullable(),
  fit: z.number(),
  weight: z.number(),
  condition: z.string(),
});

const result = z.strictObject({
  product_id: id,
  rank: z.int().min(1),
  score: z.number(),
  breakdown: z.strictObject({
    preference_fit: z.strictObject(component),
    budget_fit: z.strictObject({ ...component, nutrients: z.array(nutrient) }),
    recency: z.strictObject(component),
    unknown_allergens: z.array(z.string()).openapi({
      description: "Avoided allergens that nothing rules out; only where the policy says warn.",
    }),
  }),
  reasons: z.array(z.string()),
  product,
}).openapi("Match");

const count = z.int().min(0);

export const matchesAnswer = z.strictObject({
  customer_id: id,
  catalog_version: z.int().min(0),
  cached: z.boolean(),
  generated_at: timestamp,
  results: z.array(result).max(100),
  excluded: z.strictObject({
    allergens: count,
    unknown_allergens: count,
    diet_rules: count,
    nutrient_limits: count,
    deny_list: count,
  }).openapi({ description: "Products that each hard filter excludes." }),
}).openapi("Matches");

const part = (value: number, weight: number, points: number) => ({ value, weight, points });

export const matchesExample = {
  customer_id: "8f0e2c1a-5d3b-5e4f-9a6c-7d8e9f0a1b2c",
  catalog_version: 12,
  cached: false,
  generated_at: "2026-01-31T09:30:00.000000Z",
  results: [{
    product_id: productExample.id,
    rank: 1,
    score: 0.845,
    breakdown: {
      preference_fit: part(1, 0.3, 0.3),
      budget_fit: {
        ...part(0.825, 0.6, 0.495),
        nutrients: [{
          kind: "ceiling" as const,
          nutrient: "sodium_mg",
          amount: 131.25,
          daily: 1500,
          share: 0.0875,
          fit: 0.825,
          weight: 2,
          condition: "hypertension",
        }],
      },
      recency: part(0.5, 0.1, 0.05),
      unknown_allergens: [],
    },
    reasons: [
      "meets 1 of 1 goals: vegan",
      "uses 9 % of the daily sodium budget (1,500 mg, hypertension)",
    ],
    product: productExample,
  }],
  excluded: { allergens: 41, unknown_allergens: 7, diet_rules: 0, nutrient_limits: 3, deny_list: 1 },
};

export const affectedBody = z.strictObject({
  product_id: id.optional(),
  allergen: text(200).min(1).optional(),
  cursor: text(2000).min(1).optional(),
  limit: z.int().min(1).max(200).optional(),
}).refine((body) => body.product_id !== undefined || body.allergen !== undefined, "must name product_id or allergen")
  .openapi("AffectedQuestion");

export const affectedPage = pageOf(
  z.strictObject({
    customer_id: id,
    external_id: z.string(),
    product_id: id,
    last_matched_at: timestamp,
    allergens: z.array(z.string()).nullable().openapi({
      description: "What the customer avoids of it; null where the consent was withdrawn.",
    }),
  }),
  "AffectedPage",
);

export const affectedExample = {
  data: [{
    customer_id: matchesExample.customer_id,
    external_id: "C-1001",
    product_id: productExample.id,
    last_matched_at: "2026-01-31T09:30:00.000000Z",
    allergens: ["milk"],
  }],
  next_cursor: null,
};

const weights = z.strictObject({
  preference_fit: z.number().min(0).max(100),
  budget_fit: z.number().min(0).max(100),
  recency: z.number().min(0).max(100),
}).openapi({ description: "Count relative to each other; not all 0." });

const unknownAllergens = z.enum(["exclude", "warn"]).openapi({
  description: "What becomes of products whose allergens are not fully known, for customers who avoid one.",
});

export const scoringPolicy = z.strictObject({
  vendor_id: id.nullable(),
  weights,
  unknown_allergens: unknownAllergens,
  version: z.int().min(1),
  updated_at: timestamp,
}).openapi("ScoringPolicy");

export const scoringPolicyInput = z.strictObject({
  weights,
  unknown_allergens: unknownAllergens.optional().openapi({ description: "exclude when left out." }),
}).openapi("ScoringPolicyInput");

export const scoringPolicyExample = {
  vendor_id: null,
  weights: { preference_fit: 0.3, budget_fit: 0.6, recency: 0.1 },
  unknown_allergens: "exclude" as const,
  version: 1,
  updated_at: "2026-01-31T09:30:00.000000Z",
};
