import { settings } from "../_shared/settings.ts";
import { createConstruction } from "./app.ts";
import { sharedLookups, sharedTelemetry } from "./lookups/shared_lookups.ts";
import { background } from "./lookups/telemetry.ts";

// A bad setting must stop the start, not the first request.
settings();
background(sharedLookups().warm());
// What was gathered is written before the isolate ends.
addEventListener("beforeunload", () => background(sharedTelemetry().flush()));
Deno.serve(createConstruction().fetch);
