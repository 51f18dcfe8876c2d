/** Where an ingest goes and as whom: the local stack of a data folder, or a hosted project. */
import { join } from "node:path";
import { CommandError } from "../_cli/flags.ts";
import { readEnvFile } from "../local/env_file.ts";
import type { TokenSource } from "./client.ts";

/** The API's base address and a source of tokens for it. */
export type Target = { base: string; token: TokenSource };

/** The flags that choose a target. */
export type TargetFlags = { dataDir: string; url?: string; token?: string; user?: string; vendor?: string };

/** Reads the flags; a hosted project needs both `--url` and `--token`. */
export async function chooseTarget(flags: TargetFlags): Promise<Target> {
  const given = flags.token ?? Deno.env.get("ODYSSEY_TOKEN");
  if (flags.url) {
    if (!given) {
      throw new CommandError("--url needs --token (or ODYSSEY_TOKEN): an Appwrite JWT of a vendor_operator.", 2);
    }
    return { base: apiBase(flags.url), token: fixedToken(given) };
  }
  const env = await readEnvFile(join(flags.dataDir, "env"));
  if (!env.SUPABASE_URL) {
    throw new CommandError(
      `No stack has run in ${flags.dataDir}: start one (npm start) or name another with --data-dir.`,
    );
  }
  return { base: apiBase(env.SUPABASE_URL), token: given ? fixedToken(given) : await localToken(flags, env) };
}

/** Accepts a project's address, its functions' address or the API's own. */
export function apiBase(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new CommandError(`--url ${url} is not an address; give one like https://PROJECT.supabase.co.`, 2);
  }
  const path = parsed.pathname.replace(/\/+$/, "");
  const completed = path.endsWith("/api/v1")
    ? path
    : `${path.replace(/\/functions\/v1(\/api)?$/, "")}/functions/v1/api/v1`;
  return `${parsed.origin}${completed}`;
}

function fixedToken(token: string): TokenSource {
  return (renew) => {
    if (renew) {
      throw new CommandError("The token was refused or has expired; run the command again with a new --token.");
    }
    return Promise.resolve(token);
  };
}

/** A token of the demo admin, made as `npm run token` makes it, and again before it expires. */
async function localToken(flags: TargetFlags, env: Record<string, string>): Promise<TokenSource> {
  const { SUPABASE_DB_URL = "", APPWRITE_JWT_SECRET = "" } = env;
  const { createIdentity, isNotRunning } = await import("../local/identities.ts");
  const identity = {
    userId: flags.user ?? "demo_admin",
    role: "vendor_admin",
    vendor: flags.vendor ?? "demo",
  } as const;
  const seconds = 900;
  let current: { token: string; until: number } | undefined;
  return async (renew) => {
    if (current && !renew && Date.now() < current.until) return current.token;
    const { token } = await createIdentity({ SUPABASE_DB_URL, APPWRITE_JWT_SECRET }, { ...identity, seconds })
      .catch((error) => {
        if (!isNotRunning(error)) throw error;
        throw new CommandError(`The stack of ${flags.dataDir} is not running: start it with npm start.`);
      });
    current = { token, until: Date.now() + (seconds - 120) * 1000 };
    return token;
  };
}
