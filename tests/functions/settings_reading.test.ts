import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert";
import { settingsFrom } from "../../functions/_shared/settings.ts";
import { environment } from "./testing.ts";

function messageOf(values: Record<string, string | undefined>): string {
  try {
    settingsFrom(values);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the settings were accepted");
}

Deno.test("settings: a minimal environment gives the defaults", () => {
  const settings = settingsFrom(environment);
  strictEqual(settings.ODYSSEY_APPWRITE_VERIFIER, "remote");
  strictEqual(settings.functionsUrl, "http://127.0.0.1:9/functions/v1");
  strictEqual(settings.prepareStatements, true);
  deepStrictEqual(settings.ODYSSEY_CORS_ORIGINS, ["*"]);
});

Deno.test("settings: the platform's keys are read from their JSON object", () => {
  const settings = settingsFrom({ ...environment, SUPABASE_SECRET_KEYS: '{"default":"sb_secret_x"}' });
  deepStrictEqual(settings.SUPABASE_SECRET_KEYS, { default: "sb_secret_x" });
});

Deno.test("settings: a final slash and blanks do not matter", () => {
  const settings = settingsFrom({ ...environment, SUPABASE_URL: " https://abcd.supabase.co/ " });
  strictEqual(settings.functionsUrl, "https://abcd.supabase.co/functions/v1");
});

Deno.test("settings: behind the transaction pooler statements are not prepared, unless told", () => {
  const pooled = { ...environment, SUPABASE_DB_URL: "postgresql://p:p@pooler.supabase.com:6543/postgres" };
  strictEqual(settingsFrom(pooled).prepareStatements, false);
  strictEqual(settingsFrom({ ...pooled, ODYSSEY_DB_PREPARE: "true" }).prepareStatements, true);
});

const faults: [string, Record<string, string | undefined>, RegExp][] = [
  ["a missing URL", { ...environment, SUPABASE_URL: undefined }, /^SUPABASE_URL: set the project's URL/],
  ["an empty URL", { ...environment, SUPABASE_URL: " " }, /^SUPABASE_URL: set/],
  ["a URL that is none", { ...environment, SUPABASE_URL: "abcd" }, /^SUPABASE_URL: set/],
  [
    "keys that are not JSON",
    { ...environment, SUPABASE_SECRET_KEYS: "sb_secret_x" },
    /^SUPABASE_SECRET_KEYS: set a JSON/,
  ],
  [
    "an unknown verifier",
    { ...environment, ODYSSEY_APPWRITE_VERIFIER: "both" },
    /^ODYSSEY_APPWRITE_VERIFIER: set remote or local/,
  ],
  [
    "the remote verifier without a project",
    { ...environment, APPWRITE_PROJECT_ID: "" },
    /^APPWRITE_PROJECT_ID: not set, but the remote/,
  ],
  [
    "the local verifier without its key",
    { ...environment, ODYSSEY_APPWRITE_VERIFIER: "local" },
    /^APPWRITE_JWT_SECRET: not set/,
  ],
  [
    "an issuer without an audience",
    { ...environment, ODYSSEY_AUTH_ISSUER: "https://auth.example" },
    /^ODYSSEY_AUTH_AUDIENCE/,
  ],
  [
    "a symmetric algorithm for the issuer",
    { ...environment, ODYSSEY_AUTH_ALGORITHMS: "HS256" },
    /^ODYSSEY_AUTH_ALGORITHMS: name asymmetric/,
  ],
  [
    "a token that lives too long",
    { ...environment, ODYSSEY_TOKEN_LIFETIME_SECONDS: "3600" },
    /^ODYSSEY_TOKEN_LIFETIME_SECONDS: set at most 900/,
  ],
  [
    "a pool that is no number",
    { ...environment, ODYSSEY_DB_POOL_SIZE: "many" },
    /^ODYSSEY_DB_POOL_SIZE: set a whole number/,
  ],
];

for (const [what, values, message] of faults) {
  Deno.test(`settings: ${what} is refused by name, with the remedy`, () => match(messageOf(values), message));
}

Deno.test("settings: every fault is named at once, and no value is repeated", () => {
  const message = messageOf({ SUPABASE_DB_URL: "postgresql://postgres:hunter2@db", SUPABASE_URL: "hunter2" });
  ok(message.includes("SUPABASE_URL"));
  throws(() => settingsFrom({}), /SUPABASE_URL[\s\S]*SUPABASE_DB_URL/);
  ok(!message.includes("hunter2"));
});
