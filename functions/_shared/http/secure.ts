import type { MiddlewareHandler } from "hono";
import { settings } from "../settings.ts";
import type { Env, HttpContext } from "./context.ts";

/** Security headers on every answer, and CORS for the origins the setting names. */
export function secure(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const origin = allowedOrigin(c);
    if (c.req.method === "OPTIONS" && origin && c.req.header("access-control-request-method")) {
      c.set("route", "preflight");
      c.res = preflight();
    } else {
      await next();
    }
    const { headers } = c.res;
    for (const [name, value] of always) if (!headers.has(name)) headers.set(name, value);
    if (!origin) return;
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", exposed);
    if (origin !== "*") headers.append("Vary", "Origin");
  };
}

const always = new Map([
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "no-referrer"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
  ["Cache-Control", "no-store"],
]);

const exposed = "X-Request-Id, X-Super-Id, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, Location, " +
  "X-Data-Source, X-Replica-Lag-Ms";

/** Tokens travel in headers and never in cookies, so `*` opens nothing to a foreign page that it could not send itself. */
function allowedOrigin(c: HttpContext): string | undefined {
  const origin = c.req.header("origin");
  if (!origin) return undefined;
  const origins = settings().ODYSSEY_CORS_ORIGINS;
  if (origins.includes("*")) return "*";
  return origins.includes(origin) ? origin : undefined;
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
      "Access-Control-Allow-Headers":
        "Authorization, Content-Type, Idempotency-Key, X-Consistency, X-Request-Id, X-Super-Id, X-Vendor-Id, apikey, " +
        "x-client-info",
      "Access-Control-Max-Age": "7200",
    },
  });
}
