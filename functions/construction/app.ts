import { z } from "@hono/zod-openapi";
import { openApiDocument } from "../_shared/http/openapi.ts";
import { json } from "../_shared/http/respond.ts";
import { createService, type Service } from "../_shared/http/service.ts";
import { registerJobs } from "./jobs.ts";
import type { Lookups } from "./lookups/lookups.ts";
import { sharedLookups, sharedTelemetry } from "./lookups/shared_lookups.ts";
import type { Telemetry } from "./lookups/telemetry.ts";
import { registerServices } from "./services.ts";
import { registerStats } from "./stats.ts";

export interface ConstructionDeps {
  lookups: Lookups;
  telemetry: Telemetry;
}

/** Construction: services, the wizard's questions, lookups of uuids, jobs. */
export function createConstruction(
  deps: ConstructionDeps = { lookups: sharedLookups(), telemetry: sharedTelemetry() },
): Service {
  const service = createService({ name: "construction", basePath: "/construction", serverPath: "" });

  service.route({
    method: "get",
    path: "/openapi.json",
    operationId: "getOpenApi",
    summary: "Show this document",
    tag: "Service",
    access: "public",
    answers: { 200: { description: "The OpenAPI document.", schema: z.looseObject({ openapi: z.string() }) } },
  }, () => json(openApiDocument(service, about)));
  registerServices(service, deps);
  registerJobs(service);
  registerStats(service, deps);
  return service;
}

const about = {
  title: "Odyssey construction service",
  description: "Construction services in three levels, the questions of the wizard, lookups of uuids, and jobs.",
  tags: [
    { name: "Services", description: "What can be ordered, and the questions that belong to it." },
    { name: "Jobs", description: "Construction jobs of the caller." },
    { name: "Monitoring", description: "How lookups fare." },
    { name: "Service", description: "The service itself." },
  ],
};
