import { database } from "../database.ts";
import { settings } from "../settings.ts";
import { authAdmin } from "./auth_admin.ts";
import type { GenerateDeps } from "./generate_chunk.ts";

/** Within the 150 seconds a function may take, with time for the calls that are under way and the check-ins. */
const budgetMs = 45_000;

/** What the engine needs, from the settings. */
export function generationDeps(): GenerateDeps {
  const values = settings();
  return {
    sql: database(),
    auth: authAdmin(),
    parallel: values.ODYSSEY_SYNTHETIC_PARALLEL,
    maxTries: values.ODYSSEY_SYNTHETIC_MAX_TRIES,
    emailDomain: values.ODYSSEY_SYNTHETIC_EMAIL_DOMAIN,
    budget: budgetMs,
  };
}
