import { z } from "@hono/zod-openapi";
import { background } from "../_shared/background.ts";
import { wholeNumber } from "../_shared/http/fields.ts";
import { json } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { settings } from "../_shared/settings.ts";
import { accepted, afterAnswer, wantsAnswerFirst } from "./after_answer.ts";
import { Pump } from "./webhooks/pump.ts";
import { workerDatabase } from "./worker_database.ts";

/**
 * The longest a call claims, whatever is still due; what it leaves is the next call's. What is claimed last is sent within
 * 40 s, or left to the end of its lease, and takes 15 s at most: together below the platform's limit of 150 s.
 */
const mostSeconds = 90;

const result = z.strictObject({
  processed: z.int().openapi({ description: "How many deliveries were begun." }),
  more: z.boolean().openapi({ description: "Whether deliveries are still under way." }),
});

let shared: Pump | undefined;

/** One for the process: calls at the same time share its room. */
function pump(): Pump {
  const { ODYSSEY_WEBHOOKS_CONCURRENCY, ODYSSEY_WEBHOOKS_POLL_MS } = settings();
  return shared ??= new Pump({
    sql: workerDatabase,
    concurrency: ODYSSEY_WEBHOOKS_CONCURRENCY,
    pollMs: ODYSSEY_WEBHOOKS_POLL_MS,
  });
}

/** `POST /worker/webhooks`: sends what is due. A step of its own, so that slow receivers hold up no other work. */
export function registerWebhookStep(service: Service, requireSecretKey: (headers: Headers) => Promise<void>): void {
  service.route({
    method: "post",
    path: "/webhooks",
    operationId: "deliverWebhooks",
    summary: "Deliver webhooks that are due",
    description:
      "Takes the platform's secret key as `apikey` (or as a bearer token). With `seconds` it keeps looking " +
      "for new events that long, with `Prefer: respond-async` after an answer of 202.",
    tag: "Worker",
    access: "public",
    query: z.object({
      seconds: wholeNumber(0, mostSeconds).optional().openapi({
        type: "integer",
        minimum: 0,
        maximum: mostSeconds,
        default: 0,
        param: { description: "How long to stay; 0 sends what is due now." },
      }),
    }),
    answers: {
      200: { description: "What was done.", schema: result, example: { processed: 12, more: false } },
      202: { description: "It goes on after the answer.", schema: accepted, example: { accepted: true } },
    },
  }, async ({ c, query }) => {
    await requireSecretKey(c.req.raw.headers);
    const own = pump();
    const over = AbortSignal.timeout(mostSeconds * 1000);
    if (wantsAnswerFirst(c.req.raw.headers)) {
      // Whoever asked has gone; that must not end the deliveries.
      return afterAnswer(own.run(query.seconds ?? 0, over).then(() => own.settled()));
    }
    const processed = await own.run(query.seconds ?? 0, AbortSignal.any([c.req.raw.signal, over]));
    // What hangs goes on behind the answer, until it is recorded.
    background(own.settled());
    return json({ processed, more: own.isBusy });
  });
}
