import { createRoute, z } from "@hono/zod-openapi";
import type { Role } from "../auth/identity.ts";
import { settings } from "../settings.ts";
import { version } from "../version.ts";
import { stateBounds } from "./openapi_bounds.ts";
import { problems, type ProblemSlug } from "./problems.ts";
import { type Answer, type RouteSpec, takesIdempotencyKey } from "./route.ts";
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
  return createRoute({
    method: spec.method,
    path: prefix + spec.path,
    operationId: spec.operationId,
    summary: spec.summary,
    description: [spec.description, accessNote(spec)].filter(Boolean).join("\n\n") || spec.summary,
    tags: [spec.tag],
    security: securityOf(spec),
    ...roleExtension(spec),
    request: {
      ...(spec.params ? { params: spec.params } : {}),
      ...(spec.query ? { query: spec.query } : {}),
      ...headersOf(spec),
      ...(spec.body ? { body: bodyOf(spec, spec.body) } : {}),
    },
    responses: { ...answers(spec), ...problemAnswers(spec) },
  });
}

function securityOf({ access }: RouteSpec): Record<string, string[]>[] {
  if (access === "public") return [];
  return access === "monitoring" ? [{ secretKey: [] }, { metricsToken: [] }] : [{ bearer: [] }];
}

const vendorHeader = {
  "X-Vendor-Id": z.uuid().optional().openapi({
    description: "Which vendor, for a user with several memberships.",
    example: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  }),
};

const idempotencyHeader = {
  "Idempotency-Key": z.string().min(1).max(600).optional().openapi({
    description: "Names this request for 24 hours: sent again with the same key it is answered as the first time and " +
      "does nothing twice. A refusal (4xx, 5xx) is not kept: the request is judged anew. 1 to 255 characters, quoted " +
      "as in the IETF draft or bare.",
    example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
  }),
};

const ignoredKeyHeader = {
  "Idempotency-Key": z.string().max(600).optional().openapi({
    description: "Has no effect here: nothing is changed and no answer is kept, so every request is answered anew.",
  }),
};

const superIdHeader = {
  "X-Super-Id": z.uuid().optional().openapi({
    description: "The workflow this request belongs to, by a super id from `POST /super_ids`: what it starts and the " +
      "events it causes carry it.",
    example: "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31",
  }),
};

const consistencyHeader = {
  "X-Consistency": z.enum(["eventual", "strong"]).optional().openapi({
    description: "`strong` asks the primary even where a read replica could answer. Own writes are seen either way.",
  }),
};

function headersOf(spec: RouteSpec) {
  const headers = {
    ...(isMember(spec) || spec.access === "known" || spec.access === "superadmin" ? vendorHeader : {}),
    ...((isMember(spec) || spec.access === "superadmin") && spec.method !== "get" ? superIdHeader : {}),
    ...(takesIdempotencyKey(spec) ? idempotencyHeader : spec.ignoresKey ? ignoredKeyHeader : {}),
    ...(spec.replica ? consistencyHeader : {}),
  };
  return Object.keys(headers).length ? { headers: z.object(headers) } : {};
}

function isMember(spec: RouteSpec): spec is RouteSpec<{ role: Role; orSuperadmin?: true }> {
  return typeof spec.access === "object" && "role" in spec.access;
}

const accessNotes = {
  "public": "",
  "monitoring": "For the platform itself and its monitoring.",
  "identified": "For everybody who is signed in, also while the database is away.",
  "signed-in": "For everybody who is signed in.",
  "known": "For members, superadmins and service clients.",
  "superadmin": "For superadmins of the platform.",
};

function accessNote({ access }: RouteSpec): string {
  if (typeof access === "string") return accessNotes[access];
  if ("permission" in access) return `Needs the permission \`${access.permission}\`.`;
  return `Needs the role \`${access.role}\` or higher${access.orSuperadmin ? ", or a superadmin" : ""}.`;
}

/** For programs, such as the test that tries every role on every route. */
function roleExtension({ access }: RouteSpec) {
  if (typeof access === "string") return { "x-access": access };
  if ("permission" in access) return { "x-permission": access.permission };
  return { "x-minimum-role": access.role, ...(access.orSuperadmin ? { "x-or-superadmin": true } : {}) };
}

function bodyOf(spec: RouteSpec, schema: z.ZodType) {
  const example = spec.bodyExample === undefined ? {} : { example: spec.bodyExample };
  return {
    required: !spec.bodyOptional,
    content: { "application/json": { schema: spec.bodyDocument ?? schema, ...example } },
  };
}

function answers(spec: RouteSpec) {
  const common = { ...everyHeader, ...limitHeaders(spec), ...replayedHeader(spec), ...freshnessHeaders(spec) };
  const all = Object.entries(spec.answers).map(([status, answer]) => [status, describeAnswer(answer, common)]);
  return Object.fromEntries(all);
}

const everyHeader = {
  "X-Request-Id": {
    description: "The request's id: as sent, or made here. Name it when you ask for help.",
    required: true,
    schema: { type: "string" as const },
  },
  "Access-Control-Allow-Origin": {
    description: "Sent to origins that may read the answer.",
    schema: { type: "string" as const },
  },
};

/** Every answer to a caller who is known tells what is left; where it is not known who calls, nothing can be told. */
function limitHeaders(spec: RouteSpec, status = 200) {
  if (spec.access === "public" || spec.access === "monitoring") return {};
  const required = status !== 401 && status < 500 && spec.access !== "identified";
  return {
    "RateLimit-Policy": {
      description: "The limits that count for the caller: quota `q` in a window of `w` seconds.",
      required,
      schema: { type: "string" as const, example: '"user";q=60;w=60, "vendor";q=600;w=60' },
    },
    "RateLimit": {
      description: "What is left of each: `r` requests, all of them again in `t` seconds.",
      required,
      schema: { type: "string" as const, example: '"user";r=59;t=60, "vendor";r=598;t=31' },
    },
  };
}

function replayedHeader(spec: RouteSpec) {
  if (!takesIdempotencyKey(spec)) return {};
  return {
    "Idempotent-Replayed": {
      description: "`true` on the repeated answer to a repeated Idempotency-Key.",
      schema: { type: "string" as const },
    },
  };
}

function freshnessHeaders(spec: RouteSpec) {
  if (!spec.replica) return {};
  return {
    "X-Data-Source": {
      description: "`primary` or `replica`: where the data came from.",
      required: true,
      schema: { type: "string" as const, example: "replica" },
    },
    "X-Replica-Lag-Ms": {
      description: "How far behind the primary the data may be, in milliseconds.",
      required: true,
      schema: { type: "integer" as const, example: 12 },
    },
  };
}

function describeAnswer(answer: Answer, common: Record<string, HeaderObject>) {
  const own = Object.entries(answer.headers ?? {}).map(([name, header]) => [name, { required: true, ...header }]);
  const headers: Record<string, HeaderObject> = { ...common, ...Object.fromEntries(own) };
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

interface HeaderObject {
  description: string;
  required?: boolean;
  schema: { type: "string" | "integer"; format?: string; example?: string | number };
}

/** Which problems a route can answer with follows from its access and its inputs; the rest it names itself. */
function slugsOf(spec: RouteSpec): ProblemSlug[] {
  const slugs: ProblemSlug[] = ["invalid-input", "internal-error"];
  const changes = spec.method !== "get" && spec.method !== "delete";
  if (spec.body) slugs.push("malformed-json", "payload-too-large", "unsupported-media-type");
  if (spec.params) slugs.push("not-found");
  if (spec.access === "monitoring") slugs.push("unauthorized", "database-unavailable", "database-busy");
  else if (spec.access !== "public") {
    slugs.push("unauthorized", "rate-limited");
    slugs.push("identity-provider-unavailable");
    if (spec.access !== "identified") slugs.push("database-unavailable", "database-busy");
  }
  if (takesIdempotencyKey(spec)) slugs.push("idempotency-key-in-use", "idempotency-key-reused");
  if (isMember(spec)) {
    slugs.push("no-membership", "not-a-member", "vendor-suspended", "no-vendor", "vendor-ambiguous");
    if (spec.access.role !== "vendor_viewer" || spec.access.orSuperadmin) slugs.push("insufficient-role");
    if (changes) slugs.push("conflict");
  }
  if (spec.access === "known" || spec.access === "superadmin") {
    slugs.push("no-membership", "not-a-member", "vendor-suspended", "vendor-ambiguous");
  }
  if (spec.access === "superadmin") slugs.push("insufficient-role");
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
  return Object.fromEntries([...byStatus].map(([status, slugs]) => [status, describeProblems(spec, status, slugs)]));
}

function describeProblems(spec: RouteSpec, status: number, slugs: ProblemSlug[]) {
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
    headers: { ...everyHeader, ...limitHeaders(spec, status), ...extraHeaders(status) },
    content: { "application/problem+json": { schema: problemSchema, example } },
  };
}

function extraHeaders(status: number) {
  if (status === 401) {
    return { "WWW-Authenticate": { description: "`Bearer`.", required: true, schema: { type: "string" as const } } };
  }
  if (status === 429 || status === 503) {
    return { "Retry-After": { description: "Seconds to wait.", required: true, schema: { type: "integer" as const } } };
  }
  return {};
}

/** The OpenAPI 3.1 document of a service. */
export function openApiDocument(service: Service, about: { title: string; description: string; tags: Tag[] }) {
  service.hono.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "An Appwrite JWT, as `account.createJWT()` gives it. Tokens are checked as RFC8725 asks: one algorithm " +
      "for each issuer, no `none`, issuer and audience where there are any, a short life.",
  });
  if (service.routes.some(({ access }) => access === "monitoring")) registerMonitoringSchemes(service);
  const { functionsUrl } = settings();
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(functionsUrl).hostname);
  const server = {
    url: functionsUrl + service.serverPath,
    description: isLocal ? "This local deployment" : "This production deployment",
    "x-internal": false,
  };
  return stateBounds(service.hono.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: about.title,
      version,
      description: about.description,
      contact: { name: "Odyssey", url: `${functionsUrl}/api/docs` },
    },
    servers: [server],
    tags: about.tags,
  }));
}

function registerMonitoringSchemes({ hono }: Service): void {
  hono.openAPIRegistry.registerComponent("securitySchemes", "secretKey", {
    type: "apiKey",
    in: "header",
    name: "apikey",
    description: "The platform's secret key, `sb_secret_...`.",
  });
  hono.openAPIRegistry.registerComponent("securitySchemes", "metricsToken", {
    type: "http",
    scheme: "bearer",
    description:
      "The token of the setting ODYSSEY_METRICS_TOKEN, checked as RFC8725 asks of a token: whole, in constant time.",
  });
}

interface Tag {
  name: string;
  description: string;
}
