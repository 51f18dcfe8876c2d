import { z } from "@hono/zod-openapi";
import { id, idParams, instantFields, pageOf, paging, text } from "../_shared/http/fields.ts";
import type { Access } from "../_shared/http/access.ts";
import type { Service } from "../_shared/http/service.ts";
import { getRow, insertRow, listRows, patchRow, removeRow } from "./table_routes.ts";
import { statementsFor } from "./table_statements.ts";

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

const exampleOwner = { id: "b5a4c1de-6f0f-5d1e-8f8f-0a6f0e3f9d11", vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11" };
const exampleTimes = { created_at: "2026-01-31T09:30:00.000000+00:00", updated_at: "2026-01-31T09:30:00.000000+00:00" };

const headers = {
  path: "headers",
  name: "HeaderSynonym",
  what: "header synonym",
  statements: statementsFor({
    table: "synonyms_header",
    columns: [
      "id",
      "vendor_id",
      "mode",
      "canonical",
      "synonyms",
      "transform_ops",
      "confidence",
      "created_at",
      "updated_at",
    ],
    given: { mode: "text", canonical: "text", synonyms: "text[]", transform_ops: "jsonb", confidence: "numeric" },
    changeable: ["synonyms", "transform_ops", "confidence"],
    order: ["mode", "canonical"],
    filters: {
      mode: { type: "text", condition: "(g.mode is null or t.mode = g.mode)" },
      canonical: { type: "text", condition: "(g.canonical is null or t.canonical = g.canonical)" },
    },
  }),
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
    transform_ops: operations.default([]),
    confidence: confidence.default(1),
  }),
  patch: z.strictObject({ synonyms: words, transform_ops: operations, confidence }).partial(),
  query: z.object({ mode: mode.optional(), canonical: text(200).optional(), ...paging }),
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
  statements: statementsFor({
    table: "synonyms_value",
    columns: ["id", "vendor_id", "domain", "canonical", "synonyms", "created_at", "updated_at"],
    given: { domain: "text", canonical: "text", synonyms: "text[]" },
    changeable: ["synonyms"],
    order: ["domain", "canonical"],
    filters: {
      domain: { type: "text", condition: "(g.domain is null or t.domain = g.domain)" },
      canonical: { type: "text", condition: "(g.canonical is null or t.canonical = g.canonical)" },
    },
  }),
  row: z.strictObject({ ...owner, domain, canonical: z.string(), synonyms: z.array(z.string()), ...instantFields }),
  given: z.strictObject({ domain, canonical: canonicalCode, synonyms: words }),
  patch: z.strictObject({ synonyms: words }).partial(),
  query: z.object({ domain: domain.optional(), canonical: text(200).optional(), ...paging }),
  example: { domain: "allergen", canonical: "milk", synonyms: ["Molke", "Rahm"] },
};

/** Synonyms of column headers and of values: the platform's and each vendor's own. */
export function registerSynonyms(service: Service): void {
  registerTable(service, headers);
  registerTable(service, values);
}

function registerTable(service: Service, table: typeof headers | typeof values): void {
  const { path, name, what, statements } = table;
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
    path: `/v1/synonyms/${path}`,
    operationId: `list${name}s`,
    summary: `List ${what}s`,
    tag: "Taxonomy",
    access: viewer,
    query,
    answers: { 200: { description: "A page.", schema: page, example: { data: [example], next_cursor: null } } },
    problems: ["invalid-cursor"],
  }, ({ c, claims, query }) => listRows({ c, claims, statements }, query));

  service.route({
    method: "post",
    path: `/v1/synonyms/${path}`,
    operationId: `create${name}`,
    summary: `Add a ${what} of the vendor's own`,
    tag: "Taxonomy",
    access: operator,
    body: given as z.ZodObject,
    bodyExample: table.example,
    answers: { 201: { description: "Added.", schema: row, example, headers: location } },
    problems: ["already-exists", "synonym-taken"],
  }, ({ c, claims, body }) => insertRow({ c, claims, statements }, body));

  service.route({
    method: "get",
    path: `/v1/synonyms/${path}/{id}`,
    operationId: `get${name}`,
    summary: `Show a ${what}`,
    tag: "Taxonomy",
    access: viewer,
    params: idParams,
    answers: { 200: { description: `The ${what}.`, schema: row, example } },
  }, ({ c, claims, params }) => getRow({ c, claims, statements }, params.id));

  service.route({
    method: "patch",
    path: `/v1/synonyms/${path}/{id}`,
    operationId: `patch${name}`,
    summary: `Change a ${what} of the vendor's own`,
    tag: "Taxonomy",
    access: operator,
    params: idParams,
    body: patch,
    bodyExample: { synonyms: table.example.synonyms },
    answers: { 200: { description: "As it is now.", schema: row, example } },
    problems: ["forbidden", "synonym-taken"],
  }, ({ c, claims, params, body }) => patchRow({ c, claims, statements }, params.id, body));

  service.route({
    method: "delete",
    path: `/v1/synonyms/${path}/{id}`,
    operationId: `delete${name}`,
    summary: `Remove a ${what} of the vendor's own`,
    tag: "Taxonomy",
    access: operator,
    params: idParams,
    answers: { 204: { description: "Removed." } },
    problems: ["forbidden"],
  }, ({ c, claims, params }) => removeRow({ c, claims, statements }, params.id));
}

const location = { Location: { description: "Path of the new resource.", schema: { type: "string" as const } } };
