import { z } from "@hono/zod-openapi";
import { id, idParams, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import type { Access } from "../_shared/http/access.ts";
import type { Service } from "../_shared/http/service.ts";
import { countRows } from "../_shared/http/context.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";

const viewer = { role: "vendor_viewer" } as const satisfies Access;
const operator = { role: "vendor_operator" } as const satisfies Access;

const words = z.array(text(200).trim().min(1)).min(1).max(500);
const owner = { id, vendor_id: id.nullable().openapi({ description: "Null for the platform's own." }) };
const canonicalField = text(200).min(1).openapi({ description: "The field, such as name or nutrition.sodium_mg." });
const canonicalCode = z.string().regex(/^[a-z0-9][a-z0-9_]{0,63}$/, "must be snake_case, at most 64 characters");
const operations = z.array(z.unknown()).max(20).openapi({ description: "Operations on each cell, in order." });
const mode = z.enum(["products", "customers"]);
const confidence = z.number().min(0).max(1);
const domain = z.enum([
  "allergen",
  "condition",
  "unit",
  "diet",
  "gender",
  "activity",
  "nutrient",
  "certification",
  "category",
  "cuisine",
  "market",
]);

const q = text(200).optional().openapi({
  param: { description: "Part of a synonym; case and accents do not matter." },
});

const exampleOwner = { id: "b5a4c1de-6f0f-5d1e-8f8f-0a6f0e3f9d11", vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11" };
const exampleTimes = { created_at: "2026-01-31T09:30:00.000000+00:00", updated_at: "2026-01-31T09:30:00.000000+00:00" };

const headers = {
  path: "headers",
  name: "HeaderSynonym",
  what: "header synonym",
  row: z.strictObject({
    ...owner,
    mode,
    canonical: z.string(),
    synonyms: z.array(z.string()),
    transform_ops: z.array(z.unknown()),
    confidence,
    ...instantFields,
  }),
  given: z.strictObject({
    mode,
    canonical: canonicalField,
    synonyms: words,
    transform_ops: operations.optional(),
    confidence: confidence.optional(),
  }),
  patch: z.strictObject({ synonyms: words, transform_ops: operations, confidence }).partial(),
  query: z.object({ q, mode: mode.optional(), canonical: text(200).optional(), ...paging }),
  example: {
    mode: "products",
    canonical: "name",
    synonyms: ["Artikel", "Bezeichnung"],
    transform_ops: [],
    confidence: 1,
  },
};

const values = {
  path: "values",
  name: "ValueSynonym",
  what: "value synonym",
  row: z.strictObject({ ...owner, domain, canonical: z.string(), synonyms: z.array(z.string()), ...instantFields }),
  given: z.strictObject({ domain, canonical: canonicalCode, synonyms: words }),
  patch: z.strictObject({ synonyms: words }).partial(),
  query: z.object({ q, domain: domain.optional(), canonical: text(200).optional(), ...paging }),
  example: { domain: "allergen", canonical: "milk", synonyms: ["Molke", "Rahm"] },
};

/** Synonyms of column headers and of values: the platform's and each vendor's own. */
export function registerSynonyms(service: Service): void {
  registerTable(service, headers);
  registerTable(service, values);
}

function registerTable(service: Service, table: typeof headers | typeof values): void {
  const { path: kind, name, what } = table;
  const row = table.row.openapi(name);
  const example = { ...exampleOwner, ...table.example, ...exampleTimes };
  const given = table.given.openapi(`New${name}`);
  const patch = (table.patch as z.ZodObject).refine(
    (changes) => Object.keys(changes).length > 0,
    "must name at least one field",
  )
    .openapi(`${name}Patch`);
  const page = pageOf(row, `${name}Page`);
  const query: z.ZodObject = table.query;

  service.route({
    method: "get",
    path: `/v1/synonyms/${kind}`,
    operationId: `list${name}s`,
    summary: `List ${what}s`,
    tag: "Taxonomy",
    access: viewer,
    query,
    answers: { 200: { description: "A page.", schema: page, example: { data: [example], next_cursor: null } } },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { limit: page_limit, ...rest } = query;
    const { body, rows } = await rpc(
      claims,
      "list_synonyms(kind text, q text, mode text, domain text, canonical text, cursor text, page_limit int)",
      { kind, ...rest, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: `/v1/synonyms/${kind}`,
    operationId: `create${name}`,
    summary: `Add a ${what} of the vendor's own`,
    description: "A row for the same target takes the new words in. The vendor's own wins over the platform's.",
    tag: "Taxonomy",
    access: operator,
    body: given as z.ZodObject,
    bodyExample: table.example,
    answers: { 201: { description: "Added.", schema: row, example, headers: locationHeader } },
    problems: ["synonym-taken"],
  }, async ({ c, claims, body: synonym }) => {
    const { body, rows } = await rpc(claims, "create_synonym(kind text, synonym jsonb)", { kind, synonym });
    countRows(c, { written: rows });
    return created(c, body);
  });

  service.route({
    method: "get",
    path: `/v1/synonyms/${kind}/{id}`,
    operationId: `get${name}`,
    summary: `Show a ${what}`,
    tag: "Taxonomy",
    access: viewer,
    params: idParams,
    answers: { 200: { description: `The ${what}.`, schema: row, example } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_synonym(kind text, id uuid)", { kind, ...params });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: `/v1/synonyms/${kind}/{id}`,
    operationId: `patch${name}`,
    summary: `Change a ${what} of the vendor's own`,
    tag: "Taxonomy",
    access: operator,
    params: idParams,
    body: patch,
    bodyExample: { synonyms: table.example.synonyms },
    answers: { 200: { description: "As it is now.", schema: row, example } },
    problems: ["forbidden", "synonym-taken"],
  }, async ({ c, claims, params, body: patch }) => {
    const { body, rows } = await rpc(claims, "update_synonym(kind text, id uuid, patch jsonb)", {
      kind,
      ...params,
      patch,
    });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: `/v1/synonyms/${kind}/{id}`,
    operationId: `delete${name}`,
    summary: `Remove a ${what} of the vendor's own`,
    tag: "Taxonomy",
    access: operator,
    params: idParams,
    answers: { 204: { description: "Removed." } },
    problems: ["forbidden"],
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_synonym(kind text, id uuid)", { kind, ...params });
    countRows(c, { written: 1 });
    return noContent();
  });
}
