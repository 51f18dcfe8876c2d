import { background } from "../_shared/background.ts";
import { serve } from "../_shared/http/serve.ts";
import { createConstruction } from "./app.ts";
import { sharedLookups, sharedTelemetry } from "./lookups/shared_lookups.ts";

serve(createConstruction);
background(sharedLookups().warm());
// What was gathered is written before the isolate ends.
addEventListener("beforeunload", () => background(sharedTelemetry().flush()));
