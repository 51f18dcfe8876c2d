import type { MiddlewareHandler } from "hono";
import type { Logger } from "../logger.ts";
import { recordRequest } from "../metrics/collect_requests.ts";
import type { Env } from "./context.ts";
import { rateLimitHeaders } from "./rate_limits.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Gives every request an id, every answer what is left of the caller's limits, and, once answered, one log line and a
 * place in the metrics of the service.
 */
export function observe(service: string, logger: Logger): MiddlewareHandler<Env> {
  return async (c, next) => {
    const started = performance.now();
    c.set("requestId", requestId(c.req.header("x-request-id")));
    c.set("logger", logger);
    c.set("route", "unmatched");
    c.set("rows", { read: 0, written: 0 });
    const given = c.req.header("x-super-id");
    if (given && uuid.test(given)) c.set("superId", given.toLowerCase());
    await next();
    c.res.headers.set("X-Request-Id", c.get("requestId"));
    const limits = Object.entries(rateLimitHeaders(c.get("limits") ?? []));
    for (const [name, value] of limits) c.res.headers.set(name, value);
    const superId = c.get("superId");
    if (superId) c.res.headers.set("X-Super-Id", superId);
    const ms = performance.now() - started;
    const [method, route, status] = [c.req.method, c.get("route"), c.res.status];
    recordRequest({ service, route, method, status, ms: ms - (c.get("heldMs") ?? 0) });
    const claims = c.get("claims");
    logger.request({
      req_id: c.get("requestId"),
      user_id: claims?.sub ?? null,
      vendor_id: claims?.vendor_id ?? null,
      role: claims?.app_role ?? null,
      method,
      route,
      status,
      latency_ms: Math.round(ms * 10) / 10,
      rows_read: c.get("rows").read,
      rows_written: c.get("rows").written,
      ...(superId ? { super_id: superId } : {}),
    });
  };
}

/** A caller's id is kept when it is short and plain, so that it can stand in a log line and a header. */
function requestId(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9._~-]{1,128}$/.test(given) ? given : crypto.randomUUID();
}
