import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { isTransient } from "../_shared/http/errors.ts";
import { paging, wholeNumber, words, wordsParameter } from "../_shared/http/fields.ts";
import { problem } from "../_shared/http/problems.ts";
import { json, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { invalid } from "../_shared/http/validation.ts";
import { callAs, rpc } from "../_shared/rpc.ts";
import type { ConstructionDeps } from "./app.ts";
import { buildConstructionWizardQuestions } from "./build_construction_wizard_questions.ts";
import { microServices } from "./catalogue/micro_services.ts";
import { toSlug } from "./catalogue/questions_for.ts";
import type { Lookup } from "./lookups/lookups.ts";
import * as schemas from "./schemas.ts";

const uuid = "5f6b1f2e-0f5a-5c3b-9a35-6a7d0a2f4b11";
const service = {
  id: uuid,
  slug: "wall-painting",
  name: "Wall painting",
  category: "painting",
  subcategory: "interior",
  active: true,
};

/** Services, questions and lookups: what must answer while the database is away. */
export function registerServices(app: Service, { lookups }: ConstructionDeps): void {
  app.route({
    method: "get",
    path: "/micro-services",
    operationId: "listMicroServices",
    summary: "List the services",
    description: "In the order of the taxonomy. While the database is away the built-in list answers, without ids.",
    tag: "Services",
    access: "identified",
    query: z.object({ category: schemas.slug.optional(), subcategory: schemas.slug.optional(), ...paging }),
    answers: {
      200: {
        description: "A page of services.",
        schema: schemas.microServicePage,
        example: { data: [service], next_cursor: null },
      },
    },
    problems: ["invalid-cursor", "database-unavailable"],
  }, async ({ c, claims, query }) => {
    const { limit, ...given } = query;
    if (claims) {
      try {
        const signature = "list_micro_services(category text, subcategory text, cursor text, page_limit int)";
        const { body, rows } = await rpc(claims, signature, { ...given, page_limit: limit });
        countRows(c, { read: rows });
        return jsonText(body);
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
    }
    if (query.cursor !== undefined) throw problem("database-unavailable", { headers: { "Retry-After": "2" } });
    return json({ data: builtIn(given), next_cursor: null });
  });

  app.route({
    method: "get",
    path: "/micro-services/{slug}/recommendations",
    operationId: "recommendMicroServices",
    summary: "Recommend related services",
    description:
      "What people who ordered this service also ordered, by the number of people (two at least), then its " +
      "neighbours in the taxonomy.",
    tag: "Services",
    access: "signed-in",
    params: z.object({ slug: schemas.slug }),
    query: z.object({ limit: wholeNumber(1, 50).optional().openapi({ type: "integer", minimum: 1, maximum: 50 }) }),
    answers: {
      200: {
        description: "Most related first.",
        schema: z.strictObject({ data: z.array(schemas.recommendation).max(50) }),
        example: {
          data: [{
            slug: "ceiling-painting",
            micro_uuid: uuid,
            name: "Ceiling painting",
            category: "painting",
            subcategory: "interior",
            owners: 12,
            reason: "ordered_together",
          }],
        },
      },
    },
  }, async ({ c, claims, params, query }) => {
    const { body, rows } = await callAs(
      claims,
      "select jsonb_build_object('data', coalesce(jsonb_agg(r), '[]')) " +
        "from public.recommend_micro_services(micro_id => $1 ->> 'slug', max_results => ($1 ->> 'limit')::int) as r",
      JSON.stringify({ slug: params.slug, limit: query.limit ?? 5 }),
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  app.route({
    method: "get",
    path: "/questions",
    operationId: "buildWizardQuestions",
    summary: "Build the wizard's questions",
    description: "For a selection from the general to the particular; the last category names the service. Answers " +
      "while the database is away too: then `microUuid` is null and the job goes by its slug.",
    tag: "Services",
    access: "identified",
    query: z.object({
      categories: words(10).openapi(wordsParameter("The selection.", ["painting", "interior", "wall-painting"])),
    }),
    answers: {
      200: {
        description: "The questions.",
        schema: schemas.wizardQuestions,
        example: {
          questions: [{
            id: "wall_count",
            label: "How many walls?",
            type: "number",
            required: true,
            min: 1,
            max: 200,
            whole: true,
            block: "wall-painting",
            version: 1,
          }],
          microId: "wall-painting",
          microUuid: uuid,
          fallback: false,
        },
      },
    },
  }, async ({ claims, query }) => {
    const built = await buildConstructionWizardQuestions(requireSlugs(query.categories), lookups);
    // Without claims the database is away: whether a remembered uuid still holds, nobody can say.
    return json(claims ? built : { ...built, microUuid: null, fallback: true });
  });

  app.route({
    method: "post",
    path: "/lookups",
    operationId: "lookupMicroServices",
    summary: "Look up many services at once",
    description: "One answer for each slug, in the order sent; a slug sent twice is answered once.",
    tag: "Services",
    access: "identified",
    body: z.strictObject({ slugs: z.array(schemas.slug).min(1).max(200) }),
    bodyExample: { slugs: ["wall-painting", "no-such-service"] },
    answers: {
      200: {
        description: "What is known of each.",
        schema: schemas.lookups,
        example: {
          data: [
            { slug: "wall-painting", microId: "wall-painting", microUuid: uuid, fallback: false, source: "cache" },
            {
              slug: "no-such-service",
              microId: "no-such-service",
              microUuid: null,
              fallback: true,
              source: "fallback",
              reason: "not_found",
            },
          ],
        },
      },
    },
  }, async ({ body }) => json({ data: (await lookups.lookupMany(body.slugs)).map(show) }));
}

function builtIn({ category, subcategory }: { category?: string | undefined; subcategory?: string | undefined }) {
  return microServices
    .filter((service) => !category || service.category === category)
    .filter((service) => !subcategory || service.subcategory === subcategory)
    .map((service) => ({ id: null, ...service, active: true }));
}

function requireSlugs(categories: string[]): string[] {
  const faults = categories.filter((category) => toSlug(category) === null);
  if (categories.length > 0 && faults.length === 0) return categories;
  const detail = categories.length === 0
    ? "is required; name at least one category"
    : `must hold slugs such as wall-painting, not ${faults[0]?.slice(0, 80)}`;
  throw invalid(
    [{ pointer: "/categories", code: categories.length === 0 ? "required" : "invalid_value", detail }],
    "The query",
  );
}

function show({ slug, microUuid, source, error }: Lookup) {
  return {
    slug,
    microId: slug,
    microUuid,
    fallback: microUuid === null,
    source,
    ...(error ? { reason: error.code } : {}),
  };
}
