import { z } from "@hono/zod-openapi";
import { database } from "../database.ts";
import { version } from "../version.ts";
import { json } from "./respond.ts";
import type { Service } from "./service.ts";

const patience = 2000;

const health = z.strictObject({
  status: z.enum(["healthy", "unhealthy"]),
  service: z.string(),
  version: z.string(),
  checks: z.record(z.string(), z.enum(["ok", "failed"])),
}).openapi("Health");

/** `GET /health`: 200 while the database answers, 503 while it does not. */
export function addHealth(service: Service): void {
  const example = { status: "healthy", service: service.name, version, checks: { database: "ok" } };
  const ill = { ...example, status: "unhealthy", checks: { database: "failed" } };
  service.route({
    method: "get",
    path: "/health",
    operationId: "getHealth",
    summary: "Tell whether the service works",
    tag: "Service",
    access: "public",
    answers: {
      200: { description: "All checks passed.", schema: health, example },
      503: { description: "A check failed.", schema: health, example: ill },
    },
  }, async () => {
    const database = await databaseAnswers() ? "ok" : "failed";
    const healthy = database === "ok";
    const body = { status: healthy ? "healthy" : "unhealthy", service: service.name, version, checks: { database } };
    return json(body, healthy ? 200 : 503, healthy ? {} : { "Retry-After": "2" });
  });
}

async function databaseAnswers(): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), patience));
  const answer = database()`select 1`.then(() => true, () => false);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
