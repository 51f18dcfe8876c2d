import { z } from "@hono/zod-openapi";
import { background } from "../_shared/background.ts";
import { createLogger } from "../_shared/logger.ts";
import { json } from "../_shared/http/respond.ts";

/** What a caller is told who does not wait. */
export const accepted = z.strictObject({ accepted: z.literal(true) });

/** Whether the caller sent `Prefer: respond-async` (RFC 7240). pg_net does: it sends nothing else while it waits. */
export function wantsAnswerFirst(headers: Headers): boolean {
  return /(^|,)\s*respond-async\s*(,|;|$)/i.test(headers.get("prefer") ?? "");
}

/** The answer to a caller who does not wait for `work`, which goes on. */
export function afterAnswer(work: Promise<unknown>): Response {
  background(work.catch((error) => createLogger("worker").error(null, error)));
  return json({ accepted: true }, 202, { "Preference-Applied": "respond-async" });
}
