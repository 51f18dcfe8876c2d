import { z } from "@hono/zod-openapi";
import { id, timestamp } from "../_shared/http/fields.ts";
import { moodPatterns } from "../_shared/synthetic/mood_patterns.ts";
import { locales, userRoles } from "../_shared/synthetic/person.ts";

const parameters = {
  patients_count: z.int().min(0).max(10_000),
  therapists_count: z.int().min(0).max(1000),
  checkins_per_user: z.int().min(0).max(1000).openapi({
    description: "Check-ins of each patient; therapists have none.",
  }),
  mood_pattern: z.enum(moodPatterns),
};
const seed = z.int().min(0).max(4_294_967_295);
const startDate = z.iso.date().refine((date) => date >= "1900-01-01" && date <= "2100-12-31", {
  error: "must be from 1900-01-01 to 2100-12-31",
});

export const generation = z.strictObject({
  ...parameters,
  seed: seed.optional().openapi({ description: "The same seed gives the same data. Chosen when left out." }),
  start_date: startDate.optional().openapi({
    description:
      "Day of the first check-in, from 1900-01-01 to 2100-12-31; so that the last one is yesterday when left out.",
  }),
  locale: z.enum(locales).optional().openapi({ description: "Whose names to use; en when left out." }),
  return_credentials: z.boolean().optional().openapi({ description: "Tell the passwords, once, in this answer." }),
}).openapi("Generation");

const total = z.int().min(0);
const role = z.enum(userRoles);

export const run = z.strictObject({
  id,
  super_id: id,
  status: z.enum(["queued", "running", "completed", "failed"]),
  progress_pct: z.number().min(0).max(100),
  params: z.strictObject({ ...parameters, seed, start_date: z.iso.date(), locale: z.enum(locales) }),
  totals: z.strictObject({
    patients: total,
    therapists: total,
    check_ins: total,
    failed: total,
    retries: total.openapi({ description: "How often a duplicate made another try necessary." }),
    duplicates: total.openapi({ description: "How often an address was taken already." }),
    compensations: total.openapi({ description: "How often a user was removed again to leave nobody half made." }),
  }),
  failures: z.array(z.strictObject({ index: total, role, code: z.string(), detail: z.string() })).max(300),
  error: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
  credentials: z.array(
    z.strictObject({ user_id: id, role, email: z.string(), password: z.string() }),
  ).max(200).optional().openapi({ description: "Only where asked for; kept nowhere." }),
}).openapi("GenerationRun");

export const deletion = z.strictObject({ deleted: total, failed: total, more: z.boolean() }).openapi(
  "GeneratedDataDeletion",
);

export const generationExample = {
  patients_count: 5,
  therapists_count: 2,
  checkins_per_user: 30,
  mood_pattern: "stable",
  seed: 42,
  start_date: "2026-01-01",
};

export const runExample = {
  id: "5d0c2f7e-1b3a-4e5f-9a8b-7c6d5e4f3a2b",
  super_id: "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31",
  status: "completed",
  progress_pct: 100,
  params: { ...generationExample, locale: "en" },
  totals: { patients: 5, therapists: 2, check_ins: 150, failed: 0, retries: 0, duplicates: 0, compensations: 0 },
  failures: [],
  error: null,
  created_at: "2026-01-31T09:30:00.000000+00:00",
  started_at: "2026-01-31T09:30:00.100000+00:00",
  finished_at: "2026-01-31T09:30:00.500000+00:00",
};

export const queuedRunExample = {
  ...runExample,
  status: "queued",
  progress_pct: 0,
  params: { ...runExample.params, patients_count: 500 },
  totals: { patients: 0, therapists: 0, check_ins: 0, failed: 0, retries: 0, duplicates: 0, compensations: 0 },
  started_at: null,
  finished_at: null,
};
