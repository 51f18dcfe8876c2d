import { settings } from "../_shared/settings.ts";
import { createSuperIds } from "./app.ts";

// A bad setting must stop the start, not the first request.
settings();
Deno.serve(createSuperIds().fetch);
