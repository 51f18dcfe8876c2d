import type { HttpContext } from "./context.ts";
import { settings } from "../settings.ts";
import type { HttpProblem } from "./problems.ts";

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return jsonText(JSON.stringify(value), status, headers);
}

/** A JSON answer whose text exists already: what a SQL function returned is passed on without being parsed. */
export function jsonText(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { ...headers, "Content-Type": "application/json" } });
}

/** 201 for a resource made below the path of the request; the text must hold its `id`. */
export function created(c: HttpContext, text: string): Response {
  const { id } = JSON.parse(text) as { id: string };
  return jsonText(text, 201, { Location: `${publicPath(c)}/${id}` });
}

export function noContent(headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 204, headers });
}

/** `application/problem+json` as RFC 9457 has it; `type` is relative to the base of the api function. */
export function problemResponse(c: HttpContext, problem: HttpProblem): Response {
  const body = {
    type: `/problems/${problem.slug}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance: new URL(c.req.url).pathname,
    request_id: c.get("requestId"),
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { ...problem.headers, "Content-Type": "application/problem+json" },
  });
}

/** The path of the request as the client sent it: the gateway took the functions' prefix off. */
function publicPath(c: HttpContext): string {
  return new URL(settings().functionsUrl).pathname + new URL(c.req.url).pathname;
}
