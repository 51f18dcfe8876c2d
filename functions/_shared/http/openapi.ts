import { createRoute, z } from "@hono/zod-openapi";
import { settings } from "../settings.ts";
import { version } from "../version.ts";
import { problems, type ProblemSlug } from "./problems.ts";
import type { Answer, RouteSpec } from "./route.ts";
import type { Service } from "./service.ts";

const fieldError = z.looseObject({
  pointer: z.string().openapi({ description: "JSON pointer into the body, or `/name` of a parameter." }),
  code: z.string().openapi({ description: "Stable, for programs." }),
  detail: z.string().openapi({ description: "What is wrong and what to send instead." }),
}).openapi("FieldError");

/** RFC 9457, as every error of every route is answered. */
export const problemSchema = z.strictObject({
  type: z.string().openapi({ description: "`/problems/<slug>`, relative to the base of the api function." }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().openapi({ description: "The path of the request." }),
  request_id: z.string(),
  errors: z.array(fieldError).max(1000).optional(),
}).openapi("Problem");

/** A route as OpenAPI sees it: what it says itself, and what the chain adds to every route like it. */
export function describeRoute(spec: RouteSpec, prefix = "") {
  const needsToken = spec.access !== "public";
  return createRoute({
    method: spec.method,
    path: prefix + spec.path,
    operationId: spec.operationId,
    summary: spec.summary,
    description: [spec.description, accessNote(spec)].filter(Boolean).join("\n\n") || spec.summary,
    tags: [spec.tag],
    security: needsToken ? [{ bearer: [] }] : [],
    ...roleExtension(spec),
    request: {
      ...(spec.params ? { params: spec.params } : {}),
      ...(spec.query ? { query: spec.query } : {}),
      ...(isMember(spec) || spec.access === "known" ? { headers: vendorHeader } : {}),
      ...(spec.body ? { body: bodyOf(spec, spec.body) } : {}),
    },
    responses: { ...answers(spec), ...problemAnswers(spec) },
  });
}

const vendorHeader = z.object({
  "X-Vendor-Id": z.uuid().optional().openapi({
    description: "Which vendor, for a user with several memberships.",
    example: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  }),
});

function isMember(spec: RouteSpec): spec is RouteSpec<{ role: "vendor_viewer" | "vendor_operator" | "vendor_admin" }> {
  return typeof spec.access === "object" && "role" in spec.access;
}

function accessNote(spec: RouteSpec): string {
  if (typeof spec.access === "string") {
    return spec.access === "known" ? "For members, superadmins and service clients." : "";
  }
  return "role" in spec.access
    ? `Needs the role \`${spec.access.role}\` or higher.`
    : `Needs the permission \`${spec.access.permission}\`.`;
}

/** For programs, such as the test that tries every role on every route. */
function roleExtension(spec: RouteSpec) {
  if (typeof spec.access === "string") return { "x-access": spec.access };
  return "role" in spec.access ? { "x-minimum-role": spec.access.role } : { "x-permission": spec.access.permission };
}

function bodyOf(spec: RouteSpec, schema: z.ZodType) {
  const example = spec.bodyExample === undefined ? {} : { example: spec.bodyExample };
  return {
    required: !spec.bodyOptional,
    content: { "application/json": { schema: spec.bodyDocument ?? schema, ...example } },
  };
}

function answers(spec: RouteSpec) {
  const all = Object.entries(spec.answers).map(([status, answer]) => [status, describeAnswer(answer)]);
  return Object.fromEntries(all);
}

const requestIdHeader = {
  "X-Request-Id": {
    description: "The request's id: as sent, or made here. Name it when you ask for help.",
    schema: { type: "string" as const },
  },
};

function describeAnswer(answer: Answer) {
  const headers = { ...requestIdHeader, ...answer.headers };
  const example = answer.example === undefined ? {} : { example: answer.example };
  if (answer.schema) {
    const type = answer.content ?? "application/json";
    return { description: answer.description, headers, content: { [type]: { schema: answer.schema, ...example } } };
  }
  if (answer.content) {
    const schema = { type: "string" as const };
    return { description: answer.description, headers, content: { [answer.content]: { schema, ...example } } };
  }
  return { description: answer.description, headers };
}

/** Which problems a route can answer with follows from its access and its inputs; the rest it names itself. */
function slugsOf(spec: RouteSpec): ProblemSlug[] {
  const slugs: ProblemSlug[] = ["invalid-input", "internal-error"];
  const changes = spec.method !== "get" && spec.method !== "delete";
  if (spec.body) slugs.push("malformed-json", "payload-too-large", "unsupported-media-type");
  if (spec.params) slugs.push("not-found");
  if (spec.access !== "public") {
    slugs.push("unauthorized", "identity-provider-unavailable", "database-unavailable", "database-busy");
  }
  if (isMember(spec)) {
    slugs.push("no-membership", "not-a-member", "vendor-suspended", "no-vendor", "vendor-ambiguous");
    if (spec.access.role !== "vendor_viewer") slugs.push("insufficient-role");
    if (changes) slugs.push("conflict");
  }
  if (spec.access === "known") slugs.push("no-membership", "not-a-member", "vendor-suspended", "vendor-ambiguous");
  if (typeof spec.access === "object" && "permission" in spec.access) slugs.push("missing-permission");
  return [...new Set([...slugs, ...spec.problems ?? []])];
}

function problemAnswers(spec: RouteSpec) {
  const byStatus = new Map<number, ProblemSlug[]>();
  for (const slug of slugsOf(spec)) {
    const { status } = problems[slug];
    if (spec.answers[status]) continue;
    byStatus.set(status, [...byStatus.get(status) ?? [], slug]);
  }
  return Object.fromEntries([...byStatus].map(([status, slugs]) => [status, describeProblems(status, slugs)]));
}

function describeProblems(status: number, slugs: ProblemSlug[]) {
  const [first] = slugs;
  const example = first && {
    type: `/problems/${first}`,
    title: problems[first].title,
    status,
    detail: problems[first].about,
    instance: "/api/v1/products",
    request_id: "5f0c9f6e-0b3e-4f5e-9d59-2f0a3a0a7c11",
  };
  const names = slugs.map((slug) => `\`${slug}\``).join(", ");
  return {
    description: `${first ? problems[first].title : "Problem"}: ${names}.`,
    headers: { ...requestIdHeader, ...extraHeaders(status) },
    content: { "application/problem+json": { schema: problemSchema, example } },
  };
}

function extraHeaders(status: number) {
  if (status === 401) {
    return { "WWW-Authenticate": { description: "`Bearer`.", schema: { type: "string" as const } } };
  }
  if (status === 429 || status === 503) {
    return { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" as const } } };
  }
  return {};
}

/** The OpenAPI 3.1 document of a service. */
export function openApiDocument(service: Service, about: { title: string; description: string; tags: Tag[] }) {
  service.hono.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An Appwrite JWT, as `account.createJWT()` gives it.",
  });
  return service.hono.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: about.title,
      version,
      description: about.description,
    },
    servers: [{ url: settings().functionsUrl + service.serverPath, description: "This deployment" }],
    tags: about.tags,
  });
}

interface Tag {
  name: string;
  description: string;
}
