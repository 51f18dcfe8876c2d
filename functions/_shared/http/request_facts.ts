import type { RequestFacts } from "../call_context.ts";
import { settings } from "../settings.ts";
import type { HttpContext } from "./context.ts";

/**
 * What the audit log keeps of a request, and the workflow it says it belongs to. The query stays out: it can hold
 * anything.
 */
export function requestFacts(c: HttpContext): RequestFacts {
  const ua = c.req.header("user-agent");
  const ip = clientAddress(c);
  const superId = c.req.header("x-super-id");
  return {
    request_id: c.get("requestId"),
    ...(superId ? { super_id: superId.slice(0, 64) } : {}),
    method: c.req.method,
    path: new URL(c.req.url).pathname,
    ...(ip ? { ip } : {}),
    ...(ua ? { ua: ua.slice(0, 400) } : {}),
  };
}

/**
 * The first address of the header the platform's gateway writes. Which header may be believed depends on what stands
 * in front, so it is a setting; `none` keeps no addresses.
 */
function clientAddress(c: HttpContext): string | undefined {
  const name = settings().ODYSSEY_CLIENT_IP_HEADER;
  return name === "none" ? undefined : c.req.header(name)?.split(",")[0]?.trim().slice(0, 64);
}
