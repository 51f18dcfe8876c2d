import { z } from "@hono/zod-openapi";
import { id, instantFields, text } from "../_shared/http/fields.ts";

const gender = z.enum(["male", "female", "other", "unspecified"]);
const activityLevel = z.enum(["sedentary", "light", "moderate", "very", "extra"]);

const limit = z.looseObject({ amount: z.number(), condition: z.string(), source: z.string() });
const limits = z.record(z.string(), limit);

const derivedLimits = z.strictObject({
  ceilings: limits.openapi({ description: "The most of each nutrient a day." }),
  floors: limits.openapi({ description: "The least of each nutrient a day." }),
  hard: z.strictObject({
    avoid_allergens: z.array(z.looseObject({ allergen: z.string(), condition: z.string() })),
    require_tags: z.array(z.looseObject({ tag: z.string(), condition: z.string() })),
    max_per_serving: z.array(z.looseObject({ nutrient: z.string(), amount: z.number(), condition: z.string() })),
  }),
  bonuses: z.record(z.string(), z.looseObject({ weight: z.number(), condition: z.string() })),
  conflicts: z.array(z.looseObject({ nutrient: z.string(), detail: z.string() })),
  rules_version: z.string(),
}).openapi("DerivedLimits");

export const profile = z.strictObject({
  customer_id: id,
  height_cm: z.number(),
  weight_kg: z.number(),
  age: z.int().openapi({ description: "Of today where the customer's dob is known." }),
  gender,
  activity_level: activityLevel,
  conditions: z.array(z.string()),
  diet_goals: z.array(z.string()),
  macro_targets: z.record(z.string(), z.looseObject({})),
  avoid_allergens: z.array(z.string()),
  bmi: z.number(),
  bmr: z.number().openapi({ description: "kcal a day, Mifflin-St Jeor." }),
  tdee_cached: z.number().openapi({ description: "kcal a day: bmr times the factor of the activity level." }),
  derived_limits: derivedLimits,
  warnings: z.array(z.strictObject({ code: z.string(), detail: z.string() })),
  ...instantFields,
  updated_by: id.nullable(),
}).openapi("HealthProfile");

const measure = (unit: string) =>
  z.union([z.number(), z.string(), z.strictObject({ value: z.number(), unit: z.string() })]).openapi({
    description: `A number in ${unit}, a text with its unit, or {"value", "unit"}.`,
  });
const wordList = z.array(text(200)).max(50).nullable();

/** For the document only: the database checks the whole profile and names every fault. */
export const newProfile = z.strictObject({
  height_cm: measure("cm").openapi({ example: { value: 180, unit: "cm" } }),
  weight_kg: measure("kg").openapi({ example: 81.6 }),
  age: z.int().min(0).max(130).nullable().optional().openapi({ description: "Not needed where the customer has one." }),
  gender: text(40).nullable().optional().openapi({ description: "The customer's when left out." }),
  activity_level: text(200).openapi({ description: "sedentary, light, moderate, very, extra, or a synonym." }),
  conditions: wordList.optional(),
  diet_goals: wordList.optional(),
  macro_targets: z.record(z.string(), z.unknown()).nullable().optional().openapi({
    description: "By nutrient a day: a target, or {min, max, target}. A max also bounds each serving.",
  }),
  avoid_allergens: wordList.optional(),
}).openapi("NewHealthProfile");
