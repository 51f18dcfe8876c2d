import type { Context } from "hono";
import type { Identity } from "../auth/identity.ts";
import type { LogPosition } from "../call_context.ts";
import type { Claims } from "../database.ts";
import type { Logger } from "../logger.ts";
import type { RateLimit } from "./rate_limits.ts";

/** What a request gathers on its way: set by the chain, read by routes and by the log line. */
export interface Variables {
  requestId: string;
  logger: Logger;
  /** The route's pattern, for the log and the metrics; `unmatched` where there is none. */
  route: string;
  identity?: Identity;
  claims?: Claims;
  superId?: string;
  /** What is left of the caller's limits; each answer tells. */
  limits?: readonly RateLimit[];
  /** Where the primary stood when the request was let in. */
  position?: LogPosition;
  /** The refusal stands in the audit log already. */
  refusalAudited?: boolean;
  /** Milliseconds the answer was held because the caller asked to wait; no part of its latency in the metrics. */
  heldMs?: number;
  rows: { read: number; written: number };
}

export type Env = { Variables: Variables };
export type HttpContext = Context<Env>;

/** Adds to the request's row counts in the log line. */
export function countRows(c: HttpContext, rows: { read?: number; written?: number }): void {
  const counted = c.get("rows");
  counted.read += rows.read ?? 0;
  counted.written += rows.written ?? 0;
}
