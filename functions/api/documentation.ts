import { z } from "@hono/zod-openapi";
import { openApiDocument } from "../_shared/http/openapi.ts";
import { problem } from "../_shared/http/problems.ts";
import { json } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { about } from "./about.ts";
import { problemPage } from "./problem_page.ts";
import { referencePage } from "./reference_page.ts";

/** The OpenAPI document, the reference page made from it, and a page for each kind of problem. */
export function registerDocumentation(service: Service): void {
  let document: ReturnType<typeof openApiDocument> | undefined;
  // Made at the first request: a process that only serves data need not pay for it.
  const made = () => document ??= openApiDocument(service, about);

  service.route({
    method: "get",
    path: "/openapi.json",
    operationId: "getOpenApi",
    summary: "Show this document",
    tag: "Service",
    access: "public",
    answers: { 200: { description: "The OpenAPI 3.1 document.", schema: z.looseObject({ openapi: z.string() }) } },
  }, () => json(made(), 200, cacheable));

  service.route({
    method: "get",
    path: "/docs",
    operationId: "getReference",
    summary: "Show the reference as a page",
    tag: "Service",
    access: "public",
    answers: { 200: { description: "The reference.", content: "text/html" } },
  }, () => html(referencePage(made())));

  service.route({
    method: "get",
    path: "/problems/{slug}",
    operationId: "getProblemPage",
    summary: "Explain a kind of problem",
    tag: "Service",
    access: "public",
    params: z.object({ slug: z.string().max(100) }),
    answers: { 200: { description: "What it means and what to do.", content: "text/html" } },
  }, ({ params }) => {
    const page = problemPage(params.slug);
    if (!page) throw problem("not-found", { detail: "There is no problem of this name." });
    return html(page);
  });
}

const cacheable = { "Cache-Control": "public, max-age=300" };

function html(page: string): Response {
  return new Response(page, {
    headers: {
      ...cacheable,
      "Content-Type": "text/html; charset=utf-8",
      // The pages carry their own style and need nothing else.
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    },
  });
}
