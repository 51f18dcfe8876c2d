import { z } from "zod";

/**
 * Every setting of every function, read in this one place and checked once. The names that start with SUPABASE_ are
 * those a hosted function is given by the platform; the others are set with `supabase secrets set`.
 */

const text = (remedy: string) => z.string({ error: remedy }).trim().min(1, remedy);
const address = (remedy: string) => z.string({ error: remedy }).trim().pipe(z.url({ error: remedy })).transform(bare);
const number = (fallback: number, least: number, most: number) =>
  z.coerce.number({ error: `set a whole number from ${least} to ${most}` }).int(`set a whole number`)
    .min(least, `set at least ${least}`).max(most, `set at most ${most}`).default(fallback);
const list = (fallback: string) =>
  z.string().default(fallback).transform((value) => value.split(",").map((item) => item.trim()).filter(Boolean));

/** The platform gives its keys as a JSON object, `{"default":"sb_..."}`. */
const keys = (remedy: string) =>
  z.string({ error: remedy }).transform((value, context) => {
    try {
      return z.record(z.string(), z.string().min(1)).parse(JSON.parse(value));
    } catch {
      context.addIssue({ code: "custom", message: remedy });
      return z.NEVER;
    }
  });

const schema = z.object({
  SUPABASE_URL: address("set the project's URL, such as https://abcd.supabase.co"),
  SUPABASE_DB_URL: text("set the Postgres URL, such as postgresql://postgres:...@host:5432/postgres"),
  SUPABASE_PUBLISHABLE_KEYS: keys('set a JSON object such as {"default":"sb_publishable_..."}').default({}),
  SUPABASE_SECRET_KEYS: keys('set a JSON object such as {"default":"sb_secret_..."}').default({}),

  APPWRITE_ENDPOINT: address("set Appwrite's API endpoint, such as https://cloud.appwrite.io/v1").optional(),
  APPWRITE_PROJECT_ID: text("set the id of the Appwrite project").optional(),
  APPWRITE_JWT_SECRET: text("set the key Appwrite signs its JWTs with").optional(),
  ODYSSEY_APPWRITE_VERIFIER: z.enum(["remote", "local"], { error: "set remote or local" }).default("remote"),
  ODYSSEY_APPWRITE_TIMEOUT_MS: number(3000, 100, 30_000),

  ODYSSEY_AUTH_ISSUER: text("set the exact `iss` of the auth service's tokens").optional(),
  ODYSSEY_AUTH_AUDIENCE: text("set the `aud` the auth service's tokens carry").optional(),
  ODYSSEY_AUTH_JWKS_URL: address("set the URL of the auth service's JWKS").optional(),
  ODYSSEY_AUTH_ALGORITHMS: list("ES256,RS256,EdDSA"),

  ODYSSEY_PUBLIC_URL: address("set the URL under which clients reach /functions/v1").optional(),
  ODYSSEY_CORS_ORIGINS: list("*"),
  ODYSSEY_CLIENT_IP_HEADER: z.string().trim().toLowerCase()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, "set the name of a header, such as x-forwarded-for, or none")
    .default("x-forwarded-for"),
  ODYSSEY_TOKEN_LIFETIME_SECONDS: number(900, 60, 900),

  ODYSSEY_OUTBOUND_LOCAL: z.enum(["true", "false"], { error: "set true or false" }).default("false"),
  ODYSSEY_OUTBOUND_PORTS: list("443,8443").transform((ports) => ports.map(Number)).refine(
    (ports) => ports.length > 0 && ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536),
    "set port numbers, separated by commas",
  ),
  ODYSSEY_WEBHOOKS_CONCURRENCY: number(768, 1, 1000),
  ODYSSEY_WEBHOOKS_POLL_MS: number(25, 5, 10_000),

  ODYSSEY_DB_REPLICA_URL: text("set the Postgres URL of a read replica, or leave it out").optional(),
  ODYSSEY_DB_REPLICA_MAX_LAG_MS: number(5000, 0, 3_600_000),
  ODYSSEY_DB_REPLICA_TIMEOUT_MS: number(2000, 50, 60_000),

  ODYSSEY_DB_POOL_SIZE: number(5, 1, 50),
  ODYSSEY_DB_PREPARE: z.enum(["true", "false"], { error: "set true or false" }).optional(),
  ODYSSEY_DB_STATEMENT_TIMEOUT_MS: number(25_000, 100, 300_000),
  ODYSSEY_DB_CONNECT_TIMEOUT_SECONDS: number(5, 1, 60),
  /** Steps of one vendor's files at once; a vendor's settings {"ingest": {"concurrency": n}} win. */
  ODYSSEY_INGEST_CONCURRENCY: number(2, 1, 32),
  ODYSSEY_SYNTHETIC_MAX_TRIES: number(3, 1, 10),
  ODYSSEY_SYNTHETIC_PARALLEL: number(8, 1, 32),
  ODYSSEY_SYNTHETIC_AUTH_TIMEOUT_MS: number(10_000, 100, 30_000),
  ODYSSEY_SYNTHETIC_EMAIL_DOMAIN: z.string().trim().toLowerCase()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "set a domain of yours, such as test.example.com")
    .default("synthetic.example.com"),
  ODYSSEY_METRICS_TOKEN: z.string().trim()
    .regex(/^[A-Za-z0-9._~+/=-]{24,200}$/, "set 24 to 200 random letters and digits")
    .optional(),
  ODYSSEY_LOG_LEVEL: z.enum(["info", "error", "silent"], { error: "set info, error or silent" }).default("info"),
});

/** The name of every setting. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

type Values = z.output<typeof schema>;

export interface Settings extends Values {
  /** The base of every function as clients see it, without a final slash: `{SUPABASE_URL}/functions/v1`. */
  functionsUrl: string;
  /** Whether statements may be prepared by name; not behind a transaction pooler. */
  prepareStatements: boolean;
}

/** A setting that is missing or wrong; the message names each variable and the remedy. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

let known: Settings | undefined;

/** The settings of this process: read from the environment at the first call, then kept. */
export function settings(): Settings {
  return known ??= settingsFrom(Deno.env.toObject());
}

/** Checks an environment and returns it typed. */
export function settingsFrom(environment: Record<string, string | undefined>): Settings {
  // An empty variable means "not set": that is how shells and .env files leave one out.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(given);
  if (!result.success) throw new SettingsError(describe(result.error.issues));
  const values = result.data;
  refuseHalfSettings(values);
  return {
    ...values,
    functionsUrl: `${values.ODYSSEY_PUBLIC_URL ?? values.SUPABASE_URL}/functions/v1`,
    prepareStatements: values.ODYSSEY_DB_PREPARE
      ? values.ODYSSEY_DB_PREPARE === "true"
      : !isPooler(values.SUPABASE_DB_URL),
  };
}

function refuseHalfSettings(values: Values): void {
  const needed = values.ODYSSEY_APPWRITE_VERIFIER === "local"
    ? ["APPWRITE_JWT_SECRET"] as const
    : ["APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID"] as const;
  const why = `the ${values.ODYSSEY_APPWRITE_VERIFIER} Appwrite verifier (ODYSSEY_APPWRITE_VERIFIER) needs it`;
  const missing = needed.filter((name) => !values[name]).map((name) => `${name}: not set, but ${why}`);
  if (values.ODYSSEY_AUTH_ISSUER && !values.ODYSSEY_AUTH_AUDIENCE) {
    missing.push("ODYSSEY_AUTH_AUDIENCE: not set, but ODYSSEY_AUTH_ISSUER is; a token must be meant for this service");
  }
  if (values.ODYSSEY_AUTH_ALGORITHMS.some((algorithm) => !/^(ES|RS|PS)(256|384|512)$|^EdDSA$/.test(algorithm))) {
    missing.push("ODYSSEY_AUTH_ALGORITHMS: name asymmetric algorithms only, such as ES256,RS256,EdDSA");
  }
  if (missing.length) throw new SettingsError(missing.join("\n"));
}

/** Supabase's transaction pooler listens on 6543 and gives each transaction any server connection. */
export function isPooler(url: string): boolean {
  return /:6543\//.test(url);
}

function describe(issues: z.core.$ZodIssue[]): string {
  return issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n");
}

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}
