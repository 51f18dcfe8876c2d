import { database } from "../database.ts";
import { settings } from "../settings.ts";
import { authAdmin } from "./auth_admin.ts";
import type { GenerateDeps } from "./generate_chunk.ts";

/** What the engine needs, from the settings. */
export function generationDeps(): GenerateDeps {
  const values = settings();
  return {
    sql: database(),
    auth: authAdmin(),
    parallel: values.ODYSSEY_SYNTHETIC_PARALLEL,
    maxTries: values.ODYSSEY_SYNTHETIC_MAX_TRIES,
    emailDomain: values.ODYSSEY_SYNTHETIC_EMAIL_DOMAIN,
  };
}
