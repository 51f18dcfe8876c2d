import { database } from "../../_shared/database.ts";
import { createLogger } from "../../_shared/logger.ts";
import { createLookups, type Lookups } from "./lookups.ts";
import { microServiceSource } from "./micro_service_source.ts";
import { createTelemetry, type Telemetry } from "./telemetry.ts";

let lookups: Lookups | undefined;
let telemetry: Telemetry | undefined;

/** The telemetry of this isolate, written to `analytics_events`. */
export function sharedTelemetry(): Telemetry {
  return telemetry ??= createTelemetry({
    write: async (events) => {
      await database()`select app.record_analytics_events(events => ${JSON.stringify(events)}::text::jsonb)`;
    },
  });
}

/** The lookups of this isolate, with its one cache and its one circuit. */
export function sharedLookups(): Lookups {
  return lookups ??= createLookups({
    source: microServiceSource(),
    telemetry: sharedTelemetry(),
    report: (error) => createLogger("construction").error(null, error),
  });
}
