import { z } from "@hono/zod-openapi";
import { id, pageOf, timestamp } from "../_shared/http/fields.ts";
import { toSlug } from "./catalogue/questions_for.ts";

/** A slug, or a name that reads as one: `Wall painting`. */
export const slug = z.string().max(80).transform((given, context) => {
  const found = toSlug(given);
  if (found !== null) return found;
  context.addIssue({ code: "custom", message: "must be a slug such as wall-painting" });
  return z.NEVER;
}).openapi({ type: "string", maxLength: 80, example: "wall-painting" });

const place = { category: z.string(), subcategory: z.string() };

export const microService = z.strictObject({
  id: id.nullable().openapi({ description: "Null while the database is away." }),
  slug: z.string(),
  name: z.string(),
  ...place,
  active: z.boolean(),
}).openapi("MicroService");

export const microServicePage = pageOf(microService, "MicroServicePage");

export const question = z.looseObject({
  id: z.string(),
  label: z.string(),
  type: z.enum(["single", "multi", "number", "text", "date", "photos"]),
  required: z.boolean(),
  visible_if: z.strictObject({ question: z.string(), one_of: z.array(z.string()) }).optional(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  block: z.string(),
  version: z.int(),
}).openapi("Question");

export const wizardQuestions = z.strictObject({
  questions: z.array(question),
  microId: z.string().nullable(),
  microUuid: id.nullable().openapi({ description: "Null for an unknown service, and while the database is away." }),
  fallback: z.boolean().openapi({ description: "True without a uuid: the job goes by its slug." }),
}).openapi("WizardQuestions");

export const lookup = z.strictObject({
  slug: z.string(),
  microId: z.string(),
  microUuid: id.nullable(),
  fallback: z.boolean(),
  source: z.enum(["cache", "database", "fallback"]),
  reason: z.enum(["not_found", "database_unavailable", "timeout", "circuit_open", "unexpected"]).optional().openapi({
    description: "Why there is no uuid.",
  }),
}).openapi("Lookup");

export const lookups = z.strictObject({ data: z.array(lookup).max(200) }).openapi("Lookups");

export const recommendation = z.strictObject({
  slug: z.string(),
  micro_uuid: id,
  name: z.string(),
  ...place,
  owners: z.int().openapi({ description: "How many people ordered both; 0 for mere neighbours." }),
  reason: z.enum(["ordered_together", "same_subcategory", "same_category"]),
}).openapi("Recommendation");

const location = z.union([
  z.string().trim().min(1).max(300),
  z.strictObject({
    address: z.string().max(300),
    city: z.string().max(120),
    region: z.string().max(120),
    postal_code: z.string().max(20),
    country: z.string().regex(/^[A-Z]{2}$/),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }).partial(),
]);

const answers = z.record(z.string().max(100), z.unknown()).openapi({
  description:
    "By question id. `single` an option; `multi` a list of them; `number` a number, or `{value, unit}` where " +
    "the question has units; `date` YYYY-MM-DD; `photos` a list of https addresses or paths in Storage.",
});

/** The pair may be written as the wizard's questions give it, or by the names of the table. */
export const jobInput = z.strictObject({
  microId: slug.optional(),
  micro_id: slug.optional(),
  microUuid: z.guid().nullable().optional(),
  micro_uuid: z.guid().nullable().optional(),
  answers: answers.optional(),
  question_versions: z.record(z.string(), z.int().min(1)).optional().openapi({
    description: "Which versions of the blocks were answered; the latest where nothing is said.",
  }),
  location: location.nullable().optional(),
  budget: z.union([z.number(), z.string()]).nullable().optional().openapi({
    description: 'Such as 1500 or "1500.00".',
  }),
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
}).superRefine((job, context) => {
  for (const [one, other] of [["microId", "micro_id"], ["microUuid", "micro_uuid"]] as const) {
    if (job[one] === undefined || job[other] === undefined) continue;
    context.addIssue({ code: "custom", path: [other], message: `says the same as ${one}; send one of the two` });
  }
  if (job.microId !== undefined || job.micro_id !== undefined) return;
  context.addIssue({ code: "custom", path: ["microId"], message: "is required; send the slug of a service" });
}).openapi("JobInput");

export const job = z.strictObject({
  id,
  micro_id: z.string(),
  micro_uuid: id.nullable(),
  microId: z.string(),
  microUuid: id.nullable(),
  status: z.enum(["published", "closed"]),
  answers: z.record(z.string(), z.unknown()),
  question_versions: z.record(z.string(), z.int()),
  location: z.unknown(),
  budget: z.string().nullable(),
  currency: z.string(),
  owner_id: id,
  created_at: timestamp,
  updated_at: timestamp,
}).openapi("Job");

export const jobPage = pageOf(job, "JobPage");

export const jobExample = {
  id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  micro_id: "wall-painting",
  micro_uuid: "5f6b1f2e-0f5a-5c3b-9a35-6a7d0a2f4b11",
  microId: "wall-painting",
  microUuid: "5f6b1f2e-0f5a-5c3b-9a35-6a7d0a2f4b11",
  status: "published",
  answers: { room_type: "bedroom", wall_count: 4 },
  question_versions: { property: 1, painting: 1, "wall-painting": 1, schedule: 1, remarks: 1 },
  location: { city: "Vienna", country: "AT" },
  budget: "1500.00",
  currency: "EUR",
  owner_id: "9a1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  created_at: "2026-01-31T09:30:00.000000Z",
  updated_at: "2026-01-31T09:30:00.000000Z",
};
