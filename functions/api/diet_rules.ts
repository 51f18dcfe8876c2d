import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { id, idParams, instantFields, locationHeader, pageOf, paging, text } from "../_shared/http/fields.ts";
import { created, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";
import { ruleExample } from "./customer_examples.ts";

const admin = { role: "vendor_admin" } as const;
const tag = "Diet rules";

const policy = z.looseObject({}).openapi({
  description: "ceilings, floors, hard, bonuses: docs/health.md. Every entry names its source.",
  example: ruleExample.policy,
});

const rule = z.strictObject({
  id,
  vendor_id: id.nullable().openapi({ description: "Null for the platform's template." }),
  condition_code: z.string(),
  policy,
  active: z.boolean(),
  version: z.int().min(1),
  ...instantFields,
}).openapi("DietRule");

const newRule = z.strictObject({
  condition_code: text(200).min(1).openapi({ description: "A condition, or `general` for everybody." }),
  policy,
  active: z.boolean().optional().openapi({ description: "True when left out. False switches the platform's off too." }),
}).openapi("NewDietRule");

const rulePatch = z.strictObject({ policy, active: z.boolean() }).partial()
  .refine((patch) => Object.keys(patch).length > 0, "must name at least one field").openapi("DietRulePatch");

/** What conditions ask of a diet: the platform's templates, and the vendor's own, which take their place. */
export function registerDietRules(service: Service): void {
  const shown = { schema: rule, example: ruleExample };

  service.route({
    method: "get",
    path: "/v1/diet-rules",
    operationId: "listDietRules",
    summary: "List diet rules",
    description: "The platform's and the vendor's own, by condition; where both have one, the vendor's counts.",
    tag,
    access: admin,
    query: z.object({ condition_code: text(64).optional(), ...paging }),
    answers: {
      200: {
        description: "A page of rules.",
        schema: pageOf(rule, "DietRulePage"),
        example: { data: [ruleExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { body, rows } = await rpc(claims, "list_diet_rules(condition_code text, cursor text, page_limit int)", {
      condition_code: query.condition_code,
      cursor: query.cursor,
      page_limit: query.limit,
    });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/diet-rules",
    operationId: "createDietRule",
    summary: "Add a diet rule of the vendor's own",
    description: "It takes the place of the platform's rule for the condition, whole.",
    tag,
    access: admin,
    body: newRule,
    bodyExample: { condition_code: "hypertension", policy: ruleExample.policy },
    answers: { 201: { description: "Added.", ...shown, headers: locationHeader } },
    problems: ["already-exists"],
  }, async ({ c, claims, body: rule }) => {
    const { body, rows } = await rpc(claims, "create_diet_rule(rule jsonb)", { rule });
    countRows(c, { written: rows });
    return created(c, body);
  });

  service.route({
    method: "get",
    path: "/v1/diet-rules/{id}",
    operationId: "getDietRule",
    summary: "Show a diet rule",
    tag,
    access: admin,
    params: idParams,
    answers: { 200: { description: "The rule.", ...shown } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_diet_rule(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "patch",
    path: "/v1/diet-rules/{id}",
    operationId: "patchDietRule",
    summary: "Change a diet rule of the vendor's own",
    description: "A change is another version; limits derived under the old one are derived anew when they are read.",
    tag,
    access: admin,
    params: idParams,
    body: rulePatch,
    bodyExample: { active: false },
    answers: { 200: { description: "The rule as it is now.", ...shown } },
    problems: ["forbidden"],
  }, async ({ c, claims, params, body: patch }) => {
    const { body, rows } = await rpc(claims, "update_diet_rule(id uuid, patch jsonb)", { ...params, patch });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/diet-rules/{id}",
    operationId: "deleteDietRule",
    summary: "Delete a diet rule of the vendor's own",
    description: "The platform's rule for the condition, if there is one, counts again.",
    tag,
    access: admin,
    params: idParams,
    answers: { 204: { description: "Deleted." } },
    problems: ["forbidden"],
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_diet_rule(id uuid)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}
