import { createService, type Service } from "../_shared/http/service.ts";
import { registerMe } from "./me.ts";

/** The api function, assembled: each domain adds its own routes. */
export function createApi(): Service {
  const service = createService({ name: "api", basePath: "/api" });
  registerMe(service);
  return service;
}
