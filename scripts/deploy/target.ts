/** The project that a command deploys to, and what of it every step needs. */
import { join } from "node:path";
import { parse } from "deno-std/toml/parse.js";
import { CommandError } from "../_cli/flags.ts";
import { root } from "../migrations/sources.ts";

/** Flags that deploy and rollback share. */
export const targetFlags = {
  project: { type: "string" },
  url: { type: "string" },
  profile: { type: "string" },
  "health-seconds": { type: "string", default: "60" },
  "dry-run": { type: "boolean", default: false },
} as const;

/** Their lines in the help. */
export const targetHelp = `  --project REF         the project's ref, twenty letters (required)
  --dry-run             print the steps and do nothing
  --health-seconds N    how long to wait until every function is healthy; 60
  --url URL             the project's address, where it is not https://REF.supabase.co
  --profile FILE        another platform than supabase.com, as the CLI's --profile`;

export type Target = { project: string; url: string; profile: string | undefined; seconds: number; dryRun: boolean };

type Values = { project?: string; url?: string; profile?: string; "health-seconds": string; "dry-run": boolean };

/** Checks the flags; nothing is asked, so that CI can run the command. */
export function readTarget(values: Values): Target {
  const { project, profile } = values;
  if (!project || !/^[a-z]{20}$/.test(project)) {
    throw new CommandError("--project must be the project's ref, twenty lower-case letters.", 2);
  }
  const seconds = Number(values["health-seconds"]);
  if (!Number.isInteger(seconds) || seconds < 0) throw new CommandError("--health-seconds must be a whole number.", 2);
  const dryRun = values["dry-run"];
  if (!dryRun && !Deno.env.get("SUPABASE_ACCESS_TOKEN")) {
    throw new CommandError("Set SUPABASE_ACCESS_TOKEN to an access token of the account that owns the project.", 2);
  }
  const url = (values.url ?? `https://${project}.supabase.co`).replace(/\/+$/, "");
  return { project, url, profile, seconds, dryRun };
}

/** Flags of every call of the CLI. */
export function cliFlags({ project, profile }: Target): string[] {
  return [`--remote=${project}`, "--yes", ...(profile ? ["--profile", profile] : [])];
}

/** The functions that the config.toml below `folder` declares. */
export async function declaredFunctions(folder: string = root): Promise<string[]> {
  const config = parse(await Deno.readTextFile(join(folder, "supabase", "config.toml")));
  return Object.keys(config["functions"] as Record<string, unknown>);
}
