import { z } from "@hono/zod-openapi";
import { auditRefusal } from "../auth/audit_refusal.ts";
import type { Identity } from "../auth/identity.ts";
import type { RouteClass } from "../auth/open_request.ts";
import { setCallContext } from "../call_context.ts";
import type { Claims } from "../database.ts";
import { type Access, admit } from "./access.ts";
import { defaultBodyLimit, readJson, storable } from "./body.ts";
import { type HttpContext } from "./context.ts";
import { toProblem } from "./errors.ts";
import { readFromReplica, stateFreshness } from "./freshness.ts";
import { readOnceContext } from "./idempotency.ts";
import { problem, type ProblemSlug } from "./problems.ts";
import { requestFacts } from "./request_facts.ts";
import { invalid, validate } from "./validation.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** One documented answer. Without a schema the answer has no body, or the body described by `content`. */
export interface Answer {
  description: string;
  schema?: z.ZodType;
  example?: unknown;
  /** Media type of a body that is not JSON. */
  content?: string;
  headers?: Record<string, { description: string; schema: { type: "string" | "integer"; format?: string } }>;
}

/** All that a route says about itself: the chain, the checks and the OpenAPI document are made from it. */
export interface RouteSpec<
  A extends Access = Access,
  P extends z.ZodObject | undefined = z.ZodObject | undefined,
  Q extends z.ZodObject | undefined = z.ZodObject | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
> {
  method: Method;
  /** In OpenAPI's form, below the function's base: `/v1/jobs/{id}`. */
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tag: string;
  access: A;
  /** `ingest` counts for the vendor's limit of new jobs as well. */
  routeClass?: RouteClass;
  /** The route changes nothing, or its answer may not be kept: every request is answered anew, whatever its key. */
  ignoresKey?: true;
  /** A read replica may answer, so the route only reads, and its schema has `meta`. */
  replica?: true;
  params?: P;
  query?: Q;
  body?: B;
  bodyExample?: unknown;
  /** What the document says of the body, where the database checks more of it than `body` does. */
  bodyDocument?: z.ZodType;
  /** The body may be left out; then it counts as `{}`. */
  bodyOptional?: boolean;
  bodyLimit?: number;
  answers: Record<number, Answer>;
  /** Problems beyond those every route of its access and inputs can answer with. */
  problems?: ProblemSlug[];
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler is given: everything checked and typed. */
export interface RouteRequest<A extends Access, P, Q, B> {
  c: HttpContext;
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  /** The body as sent, to hand JSON on to the database without writing it again. */
  bodyText: string;
  identity: A extends "public" | "monitoring" ? undefined : Identity;
  claims: A extends "public" | "monitoring" ? undefined : A extends "identified" ? Claims | undefined : Claims;
}

export type RouteHandler<A extends Access, P, Q, B> = (
  request: RouteRequest<A, P, Q, B>,
) => Promise<Response> | Response;

/**
 * Runs one request through the chain every route shares, in this order: admission and limits, input, idempotency, work;
 * a refusal is audited. What must hold for every route belongs here and nowhere else.
 */
export async function serveRoute<
  A extends Access,
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
>(c: HttpContext, spec: RouteSpec<A, P, Q, B>, handler: RouteHandler<A, P, Q, B>): Promise<Response> {
  try {
    await admit(c, spec.access, spec.routeClass);
    const input = await readInput(c, spec);
    const freshness = spec.replica ? readFromReplica(c) : undefined;
    const request = { c, ...input, identity: c.get("identity"), claims: c.get("claims") };
    const response = await once(c, spec, input.bodyText, () => handler(request as RouteRequest<A, P, Q, B>));
    return freshness ? stateFreshness(response, freshness()) : response;
  } catch (error) {
    await noteRefusal(c, toProblem(error));
    throw error;
  }
}

/** Does the work under the request's Idempotency-Key, where it has one, and says so when the answer is a repeated one. */
async function once(
  c: HttpContext,
  spec: RouteSpec,
  bodyText: string,
  work: () => Promise<Response> | Response,
): Promise<Response> {
  const claims = c.get("claims");
  if (!claims || !takesIdempotencyKey(spec)) return await work();
  const context = await readOnceContext(c, bodyText, successOf(spec));
  if (!context) return await work();
  setCallContext(claims, { once: context });
  const response = await work();
  const isReplay = context.passed > 0 && context.replayed === context.passed;
  if (isReplay) response.headers.set("Idempotent-Replayed", "true");
  return response;
}

/** Whether `Idempotency-Key` means something to a route. */
export function takesIdempotencyKey(
  { method, access, ignoresKey }: Pick<RouteSpec, "method" | "access" | "ignoresKey">,
): boolean {
  return access !== "public" && access !== "monitoring" && access !== "identified" && !ignoresKey &&
    (method === "post" || method === "put" || method === "patch");
}

function successOf({ answers }: RouteSpec): number {
  return Number(Object.keys(answers).find((status) => status.startsWith("2")) ?? 200);
}

/** A failure to write it down stays in the log: the caller is refused either way. */
async function noteRefusal(c: HttpContext, { status, slug }: { status: number; slug: string }): Promise<void> {
  const identity = c.get("identity");
  if (status !== 403 || !identity || c.get("refusalAudited")) return;
  c.set("refusalAudited", true);
  await auditRefusal(identity, c.get("claims"), slug, requestFacts(c)).catch((error) =>
    c.get("logger").error(
      c.get("requestId"),
      error,
    )
  );
}

async function readInput(c: HttpContext, spec: RouteSpec) {
  const params = spec.params ? validate(spec.params, c.req.param(), "The path") : undefined;
  const query = validate((spec.query ?? noQuery).strict(), readQuery(c), "The query");
  const { text, value } = await readBody(c, spec);
  const body = spec.body ? validate(spec.body, value, "The body") : undefined;
  return { params, query: spec.query ? query : undefined, body, bodyText: text };
}

const noQuery = z.object({});

/** Every parameter by name; sent more than once it becomes a list, which only a list's schema accepts. */
function readQuery(c: HttpContext): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (!values.every(storable)) {
      throw invalid([{ pointer: `/${name}`, code: "invalid_text", detail: "holds U+0000; remove it" }], "The query");
    }
    query[name] = values.length === 1 ? values[0] ?? "" : values;
  }
  return query;
}

async function readBody(c: HttpContext, spec: RouteSpec): Promise<{ text: string; value: unknown }> {
  if (!spec.body) return { text: "", value: undefined };
  const read = await readJson(c.req.raw, spec.bodyLimit ?? defaultBodyLimit);
  if (read) return read;
  if (spec.bodyOptional) return { text: "{}", value: {} };
  throw problem("malformed-json", { detail: "The body is empty; send JSON as the reference describes." });
}
