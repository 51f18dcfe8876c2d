import { z } from "@hono/zod-openapi";
import { requireKey } from "../_shared/auth/require_key.ts";
import { json } from "../_shared/http/respond.ts";
import { createService, type Service } from "../_shared/http/service.ts";
import { secretKey } from "../_shared/storage.ts";
import { accepted, afterAnswer, wantsAnswerFirst } from "./after_answer.ts";
import { runNextStep } from "./run_next_step.ts";
import { runSteps } from "./run_steps.ts";
import { registerWebhookStep } from "./webhooks.ts";

const result = z.strictObject({
  processed: z.int().openapi({ description: "How many steps ran: 0 or 1." }),
  more: z.boolean().openapi({ description: "Whether another call would find work." }),
});

/**
 * The worker function: one bounded step of queued work a call, or a few seconds of them where nobody waits. pg_cron and
 * pg_net, or the local loop, call it.
 */
export function createWorker(): Service {
  const service = createService({ name: "worker", basePath: "/worker" });
  service.route({
    method: "post",
    path: "",
    operationId: "runStep",
    summary: "Run one step of queued work",
    description:
      "Takes the platform's secret key as `apikey` (or as a bearer token). With `Prefer: respond-async` it " +
      "answers 202 and works afterwards, step after step for about five seconds.",
    tag: "Worker",
    access: "public",
    answers: {
      200: { description: "What was done.", schema: result, example: { processed: 1, more: true } },
      202: { description: "It goes on after the answer.", schema: accepted, example: { accepted: true } },
    },
  }, async ({ c }) => {
    await requireSecretKey(c.req.raw.headers);
    if (wantsAnswerFirst(c.req.raw.headers)) return afterAnswer(runSteps());
    const processed = await runNextStep();
    return json({ processed, more: processed > 0 });
  });
  registerWebhookStep(service, requireSecretKey);
  return service;
}

function requireSecretKey(headers: Headers): Promise<void> {
  return requireKey(headers, [secretKey()]);
}
