import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { createLogger, type Logger } from "../logger.ts";
import { type Access, countStray } from "./access.ts";
import type { Env, HttpContext } from "./context.ts";
import { toProblem } from "./errors.ts";
import { addHealth } from "./health.ts";
import { observe } from "./observe.ts";
import { describeRoute } from "./openapi.ts";
import { problem } from "./problems.ts";
import { noContent, problemResponse } from "./respond.ts";
import { type RouteHandler, type RouteSpec, serveRoute } from "./route.ts";
import { secure } from "./secure.ts";

export interface ServiceOptions {
  /** Name in logs and in `/health`. */
  name: string;
  /** What the platform puts before every path: `/api` for the function `api`. */
  basePath: string;
  /** How much of `basePath` belongs to the server's address in the OpenAPI document rather than to the paths; all of it. */
  serverPath?: string;
  logger?: Logger;
}

/** One function's HTTP side: routes are added by `route`, all else holds for each of them by construction. */
export interface Service {
  readonly name: string;
  readonly basePath: string;
  readonly serverPath: string;
  readonly hono: OpenAPIHono<Env>;
  readonly routes: readonly RouteSpec[];
  fetch(request: Request): Response | Promise<Response>;
  route<
    A extends Access,
    P extends z.ZodObject | undefined = undefined,
    Q extends z.ZodObject | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
  >(spec: RouteSpec<A, P, Q, B>, handler: RouteHandler<A, P, Q, B>): void;
}

/**
 * A service with request ids, log lines, security headers, problem answers and `GET /health`.
 *
 * @example
 * ```ts
 * const service = createService({ name: "api", basePath: "/api" });
 * service.route({ method: "get", path: "/v1/ping", operationId: "ping", summary: "Answers", tag: "Service",
 *   access: "public", answers: { 200: { description: "An answer", schema: z.object({ pong: z.boolean() }) } } },
 *   () => json({ pong: true }));
 * Deno.serve(service.fetch);
 * ```
 */
export function createService(options: ServiceOptions): Service {
  const { name, basePath, serverPath = basePath, logger = createLogger(name) } = options;
  const hono = new OpenAPIHono<Env>();
  const routes: RouteSpec[] = [];
  hono.use("*", observe(name, logger), secure());
  hono.onError((error, c) => {
    const found = toProblem(error);
    if (found.status >= 500) logger.error(c.get("requestId"), found.cause ?? found);
    return problemResponse(c, found);
  });
  hono.notFound(async (c) => {
    await countStray(c);
    return answerUnknown(c, routes, basePath);
  });

  const service: Service = {
    name,
    basePath,
    serverPath,
    hono,
    routes,
    fetch: (request) => hono.fetch(request),
    route(spec, handler) {
      const plain = spec as unknown as RouteSpec;
      routes.push(plain);
      hono.openAPIRegistry.registerPath(describeRoute(plain, basePath.slice(serverPath.length)));
      hono.on(spec.method.toUpperCase(), honoPath(basePath, spec.path), (c) => {
        c.set("route", basePath + spec.path);
        return serveRoute(c, spec, handler);
      });
    },
  };
  addHealth(service);
  return service;
}

function honoPath(basePath: string, path: string): string {
  return basePath + path.replace(/{(\w+)}/g, ":$1");
}

/** 404 where nothing is; where the path takes other methods 405, or their list for OPTIONS. */
function answerUnknown(c: HttpContext, routes: readonly RouteSpec[], basePath: string): Response {
  const path = new URL(c.req.url).pathname;
  const methods = routes.filter((route) => matches(basePath + route.path, path)).map((route) => route.method);
  if (methods.length === 0) {
    const detail = "There is nothing at this path; GET /api/openapi.json lists what there is.";
    return problemResponse(c, problem("not-found", { detail }));
  }
  const allowed = allow(methods);
  if (c.req.method === "OPTIONS") return noContent({ Allow: allowed });
  const detail = `${c.req.method} is not allowed here; use ${allowed}.`;
  return problemResponse(c, problem("method-not-allowed", { detail, headers: { Allow: allowed } }));
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("/");
  const given = path.split("/");
  return parts.length === given.length &&
    parts.every((part, at) => part.startsWith("{") ? given[at] !== "" : part === given[at]);
}

function allow(methods: readonly string[]): string {
  const names = new Set(methods.map((method) => method.toUpperCase()));
  if (names.has("GET")) names.add("HEAD");
  return [...names.add("OPTIONS")].sort().join(", ");
}
