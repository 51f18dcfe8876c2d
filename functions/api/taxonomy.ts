import { z } from "@hono/zod-openapi";
import type { Claims } from "../_shared/database.ts";
import type { HttpContext } from "../_shared/http/context.ts";
import { flag, id, idParams, instantFields, pageOf, paging, text } from "../_shared/http/fields.ts";
import { problem } from "../_shared/http/problems.ts";
import type { Service } from "../_shared/http/service.ts";
import { getRow, insertRow, listRows, patchRow, removeRow, type TableCall } from "./table_routes.ts";
import { statementsFor, type TableStatements } from "./table_statements.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;

const kinds = ["categories", "tags", "allergens", "cuisines", "certifications", "markets"] as const;

const statements = new Map<string, TableStatements>(kinds.map((kind) => [
  kind,
  statementsFor({
    table: `tax_${kind}`,
    columns: ["id", "vendor_id", "code", "label", "parent_id", "active", "created_at", "updated_at"],
    given: { code: "text", label: "text", parent_id: "uuid", active: "boolean" },
    changeable: ["label", "parent_id", "active"],
    order: ["code"],
    filters: {
      q: { type: "text", condition: "(g.q is null or app.fold_text(t.label) like '%' || app.fold_text(g.q) || '%')" },
      parent_id: { type: "uuid", condition: "(g.parent_id is null or t.parent_id = g.parent_id)" },
      active: { type: "boolean", condition: "(g.active is null or t.active = g.active)" },
    },
  }),
]));

const term = z.strictObject({
  id,
  vendor_id: id.nullable().openapi({ description: "The vendor whose own term it is; null for the platform's." }),
  code: z.string(),
  label: z.string(),
  parent_id: id.nullable(),
  active: z.boolean(),
  ...instantFields,
}).openapi("Term");

const code = z.string().regex(/^[a-z0-9][a-z0-9_]{0,63}$/, "must be snake_case: a-z, 0-9 and _, at most 64 characters");
const label = text(200).trim().min(1);

const newTerm = z.strictObject({
  code: code.openapi({ description: "snake_case; fixed once set." }),
  label,
  parent_id: id.nullable().default(null),
  active: z.boolean().default(true),
}).openapi("NewTerm");

const termPatch = z.strictObject({ label, parent_id: id.nullable(), active: z.boolean() }).partial()
  .refine((patch) => Object.keys(patch).length > 0, "must name at least one field").openapi("TermPatch");

const kind = z.string().openapi({ enum: [...kinds], example: "categories" });

const listQuery = z.object({
  q: text(200).optional().openapi({ param: { description: "Part of the label; case and accents do not matter." } }),
  parent_id: id.optional(),
  active: flag.optional().openapi({ type: "string", enum: ["true", "false"] }),
  ...paging,
});

const example = {
  id: "b5a4c1de-6f0f-5d1e-8f8f-0a6f0e3f9d11",
  vendor_id: null,
  code: "oat_drinks",
  label: "Oat drinks",
  parent_id: null,
  active: true,
  created_at: "2026-01-31T09:30:00.000000+00:00",
  updated_at: "2026-01-31T09:30:00.000000+00:00",
};

/** Categories, tags, allergens, cuisines, certifications, markets: the platform's terms and each vendor's own. */
export function registerTaxonomy(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/taxonomy/{kind}",
    operationId: "listTerms",
    summary: "List terms",
    tag: "Taxonomy",
    access: viewer,
    params: z.object({ kind }),
    query: listQuery,
    answers: {
      200: {
        description: "Terms by code.",
        schema: pageOf(term, "TermPage"),
        example: { data: [example], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, ({ c, claims, params, query }) => listRows(callFor(c, claims, params.kind), query));

  service.route({
    method: "post",
    path: "/v1/taxonomy/{kind}",
    operationId: "createTerm",
    summary: "Add a term of the vendor's own",
    tag: "Taxonomy",
    access: operator,
    params: z.object({ kind }),
    body: newTerm,
    bodyExample: { code: "oat_drinks", label: "Oat drinks" },
    answers: { 201: { description: "Added.", schema: term, example, headers: location } },
    problems: ["already-exists"],
  }, ({ c, claims, params, body }) => insertRow(callFor(c, claims, params.kind), body));

  service.route({
    method: "get",
    path: "/v1/taxonomy/{kind}/{id}",
    operationId: "getTerm",
    summary: "Show a term",
    tag: "Taxonomy",
    access: viewer,
    params: idParams.extend({ kind }),
    answers: { 200: { description: "The term.", schema: term, example } },
  }, ({ c, claims, params }) => getRow(callFor(c, claims, params.kind), params.id));

  service.route({
    method: "patch",
    path: "/v1/taxonomy/{kind}/{id}",
    operationId: "patchTerm",
    summary: "Change a term of the vendor's own",
    tag: "Taxonomy",
    access: operator,
    params: idParams.extend({ kind }),
    body: termPatch,
    bodyExample: { label: "Oat drinks, unsweetened" },
    answers: { 200: { description: "The term as it is now.", schema: term, example } },
    problems: ["forbidden"],
  }, ({ c, claims, params, body }) => patchRow(callFor(c, claims, params.kind), params.id, body));

  service.route({
    method: "delete",
    path: "/v1/taxonomy/{kind}/{id}",
    operationId: "deleteTerm",
    summary: "Remove a term of the vendor's own",
    description: "A term still in use cannot be removed; set `active` to false instead.",
    tag: "Taxonomy",
    access: operator,
    params: idParams.extend({ kind }),
    answers: { 204: { description: "Removed." } },
    problems: ["forbidden", "in-use"],
  }, ({ c, claims, params }) => removeRow(callFor(c, claims, params.kind), params.id));
}

const location = { Location: { description: "Path of the new resource.", schema: { type: "string" as const } } };

function callFor(c: HttpContext, claims: Claims, kind: string): TableCall {
  const found = statements.get(kind);
  if (!found) {
    throw problem("not-found", { detail: `There is no taxonomy of this name; there are ${kinds.join(", ")}.` });
  }
  return { c, claims, statements: found };
}
