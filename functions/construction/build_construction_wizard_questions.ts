import { questionsFor, toSlug, type WizardQuestion } from "./catalogue/questions_for.ts";
import type { Lookups } from "./lookups/lookups.ts";
import { sharedLookups } from "./lookups/shared_lookups.ts";

export interface ConstructionWizardQuestions {
  questions: WizardQuestion[];
  /** Slug of the service; null when nothing was selected. */
  microId: string | null;
  /** Null when the service is unknown or the database is away. */
  microUuid: string | null;
  /** The job goes by the slug alone. */
  fallback: boolean;
}

/**
 * The wizard's questions for a selection, from the general to the particular. The questions are part of this module, so
 * they come whatever happens to the database. What is null, empty or no slug is passed over.
 *
 * @example
 * ```ts
 * const { microId, microUuid } = await buildConstructionWizardQuestions(["painting", "interior", "wall-painting"]);
 * ```
 */
export async function buildConstructionWizardQuestions(
  categories: readonly (string | null | undefined)[] | null | undefined,
  lookups: Pick<Lookups, "lookup"> = sharedLookups(),
): Promise<ConstructionWizardQuestions> {
  const slugs = (categories ?? []).map(toSlug).filter((slug) => slug !== null);
  const microId = slugs.at(-1) ?? null;
  const microUuid = microId === null ? null : (await lookups.lookup(microId)).microUuid;
  return { questions: questionsFor(slugs), microId, microUuid, fallback: microUuid === null };
}
