import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { flag, id, idParams, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;

const kinds = ["categories", "tags", "allergens", "cuisines", "certifications", "markets"] as const;

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
  label,
  code: code.optional().openapi({ description: "snake_case, fixed once set; made of the label when left out." }),
  parent_id: id.nullable().optional(),
  active: z.boolean().optional().openapi({ description: "True when left out." }),
}).openapi("NewTerm");

const termPatch = z.strictObject({ label, parent_id: id.nullable(), active: z.boolean() }).partial()
  .refine((patch) => Object.keys(patch).length > 0, "must name at least one field").openapi("TermPatch");

const kind = z.string().openapi({ enum: [...kinds], example: "categories" });

const listQuery = z.object({
  q: text(200).optional().openapi({ param: { description: "Part of label or code; case and accents do not matter." } }),
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
  }, async ({ c, claims, params, query }) => {
    const { limit: page_limit, ...rest } = query;
    const { body, rows } = await rpc(
      claims,
      "list_taxonomy(kind text, q text, active boolean, parent_id uuid, cursor text, page_limit int)",
      { ...params, ...rest, page_limit },
    );
    countRows(c, { read: rows });
    return jsonText(body);
  });

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
    answers: { 201: { description: "Added.", schema: term, example, headers: locationHeader } },
    problems: ["already-exists"],
  }, async ({ c, claims, params, body: term }) => {
    const { body, rows } = await rpc(claims, "create_taxonomy_term(kind text, term jsonb)", { ...params, term });
    countRows(c, { written: rows });
    return created(c, body);
  });

  service.route({
    method: "get",
    path: "/v1/taxonomy/{kind}/{id}",
    operationId: "getTerm",
    summary: "Show a term",
    tag: "Taxonomy",
    access: viewer,
    params: idParams.extend({ kind }),
    answers: { 200: { description: "The term.", schema: term, example } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_taxonomy_term(kind text, id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

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
  }, async ({ c, claims, params, body: patch }) => {
    const { body, rows } = await rpc(claims, "update_taxonomy_term(kind text, id uuid, patch jsonb)", {
      ...params,
      patch,
    });
    countRows(c, { written: rows });
    return jsonText(body);
  });

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
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_taxonomy_term(kind text, id uuid)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}
