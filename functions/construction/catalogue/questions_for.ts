import { microServices } from "./micro_services.ts";
import { questionBlocks } from "./question_blocks.ts";
import type { MicroService, Question } from "./types.ts";

/** A question as the wizard gets it: with the block it comes from and that block's version. */
export type WizardQuestion = Question & { block: string; version: number };

const bySlug = new Map(microServices.map((service) => [service.slug, service]));

export function findMicroService(slug: string): MicroService | undefined {
  return bySlug.get(slug);
}

/**
 * The questions for a selection, from the general to the particular. The last slug decides where it is a known service;
 * else the path itself does, as far as anything applies to it. Needs no database: `build_wizard_questions` answers the
 * same from the tables that are seeded from these blocks.
 */
export function questionsFor(slugs: readonly string[]): WizardQuestion[] {
  const service = bySlug.get(slugs.at(-1) ?? "");
  const path = service ? `${service.category}/${service.subcategory}/${service.slug}` : slugs.join("/");
  return questionBlocks.filter(({ applies_to }) => applies_to === null || isWithin(path, applies_to))
    .flatMap(({ key, version, questions }) => questions.map((question) => ({ ...question, block: key, version })));
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** A category as people write it, as a slug: `Wall painting` is `wall-painting`. Null for what cannot be one. */
export function toSlug(text: unknown): string | null {
  if (typeof text !== "string") return null;
  const slug = text.trim().toLowerCase().replace(/[\s_]+/g, "-");
  return slug.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) ? slug : null;
}
