/** The settings a stack hands out: to other commands through `<dataDir>/env`, and to the functions as hosted does. */
import { appwritePath } from "./appwrite/index.ts";
import { SettingsError, settingsFrom } from "../../functions/_shared/settings.ts";
import type { Keys } from "./keys.ts";
import { StackError } from "./stack_error.ts";

/** The id of the one project that the local Appwrite knows. */
const appwriteProjectId = "odyssey";

/** Both views of the settings, and what the local Appwrite itself needs. */
export function stackEnv({ url, dbUrl, keys }: { url: string; dbUrl: string; keys: Keys }) {
  const appwrite = { projectId: appwriteProjectId, jwtSecret: keys.appwriteJwtSecret, apiKey: keys.appwriteApiKey };
  const forFile: Record<string, string> = {
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: keys.publishable,
    SUPABASE_SECRET_KEY: keys.secret,
    SUPABASE_DB_URL: dbUrl,
    APPWRITE_ENDPOINT: `${url}${appwritePath}`,
    APPWRITE_PROJECT_ID: appwrite.projectId,
    APPWRITE_JWT_SECRET: appwrite.jwtSecret,
    APPWRITE_API_KEY: appwrite.apiKey,
  };

  /** The platform's own names cannot be overridden, as hosted; Appwrite's can, to develop against a real one. */
  function forFunctions(secrets: Record<string, string>): Record<string, string> {
    const own = Object.entries(secrets).filter(([name]) => !name.startsWith("SUPABASE_"));
    const verifiesLocally = secrets.ODYSSEY_APPWRITE_VERIFIER === "local";
    return {
      APPWRITE_ENDPOINT: forFile.APPWRITE_ENDPOINT!,
      APPWRITE_PROJECT_ID: appwrite.projectId,
      ODYSSEY_OUTBOUND_LOCAL: "true",
      ...(verifiesLocally ? { APPWRITE_JWT_SECRET: appwrite.jwtSecret } : {}),
      ...Object.fromEntries(own),
      SUPABASE_URL: url,
      SUPABASE_DB_URL: dbUrl,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: keys.publishable }),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secret }),
    };
  }

  return { appwrite, forFile, forFunctions };
}

/** Refuses settings that the functions would refuse: better one line now than an answer 503 at every request. */
export function checkSettings(functionsEnv: Record<string, string>): Record<string, string> {
  try {
    settingsFrom(functionsEnv);
    return functionsEnv;
  } catch (error) {
    if (error instanceof SettingsError) throw new StackError(error.message.split("\n").join("; "));
    throw error;
  }
}
