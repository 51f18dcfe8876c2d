import { settings } from "../_shared/settings.ts";
import { createWorker } from "./app.ts";

// A bad setting must stop the start, not the first request.
settings();
Deno.serve(createWorker().fetch);
