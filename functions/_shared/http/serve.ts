import { collectRequests } from "../metrics/collect_requests.ts";
import { settings } from "../settings.ts";
import type { Service } from "./service.ts";

/** Runs a function: serves its requests and counts them. A bad setting stops the start, not the first request. */
export function serve(create: () => Service): void {
  settings();
  const service = create();
  collectRequests(service.name);
  Deno.serve(service.fetch);
}
