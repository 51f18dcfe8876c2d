/** The arguments and settings of `npm start`, read and checked. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { settingNames } from "../../functions/_shared/settings.ts";
import { CommandError } from "../_cli/flags.ts";
import { readEnvFile } from "../local/env_file.ts";
import { root } from "../migrations/sources.ts";

export const help = `npm start [-- FLAGS]

Starts the whole backend: Postgres, migrations, functions, Storage, PostgREST, one gateway. Prints its addresses, keys
and demo identities, then "ready". Ctrl-C stops everything; a second Ctrl-C does not wait.

  --data-dir DIR   where the data lasts (.odyssey)
  --fresh          throw away what the data folder holds and begin anew
  --port PORT      the gateway's port (ODYSSEY_PORT, 54321); 0 takes a free one
  --db-port PORT   Postgres' port (ODYSSEY_DB_PORT, 54322); 0 takes a free one
  --help           this text

Settings come from the flags, the environment, then .env. The functions get everything that stands in .env, and their
ODYSSEY_ settings of the environment. ODYSSEY_DENO names another Deno for them.`;

/** What was asked for. */
export type StartOptions = {
  dataDir: string;
  fresh: boolean;
  port: number;
  dbPort: number;
  deno: string;
  /** For the functions: all of `.env`, and their own settings of the environment. */
  secrets: Record<string, string>;
};

const text = { type: "string" } as const;
const flags = { "data-dir": text, fresh: { type: "boolean" }, port: text, "db-port": text } as const;

const port = z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.number().max(65535));

/** Reads flags, environment and `.env`; a mistake is one line that names the flag or setting and the remedy. */
export async function readStartOptions(args: string[]): Promise<StartOptions> {
  const given = parseFlags(args);
  const secrets = { ...await readEnvFile(join(root, ".env")), ...ownSettings(Deno.env.toObject()) };
  const setting = (name: string) => Deno.env.get(name) || secrets[name] || undefined;

  const choosePort = (flag: "port" | "db-port", name: string, fallback: string): number => {
    const fromSetting = setting(name);
    const [source, value] = given[flag] !== undefined ? [`--${flag}`, given[flag]] : [name, fromSetting ?? fallback];
    const result = port.safeParse(value);
    if (result.success) return result.data;
    throw new CommandError(`${source} must be a whole number from 0 to 65535 (0 takes a free port), not "${value}".`);
  };

  if (given["data-dir"] === "") throw new CommandError("--data-dir must name a folder.");
  return {
    dataDir: resolve(given["data-dir"] ?? join(root, ".odyssey")),
    fresh: given.fresh ?? false,
    port: choosePort("port", "ODYSSEY_PORT", "54321"),
    dbPort: choosePort("db-port", "ODYSSEY_DB_PORT", "54322"),
    deno: await chooseDeno(setting("ODYSSEY_DENO")),
    secrets,
  };
}

/**
 * What the environment says for the functions. Not of Appwrite or the platform: a shell that has read the env file of one
 * stack would point the next one at it.
 */
export function ownSettings(environment: Record<string, string>): Record<string, string> {
  const names = settingNames.filter((name) => name.startsWith("ODYSSEY_") && environment[name]?.trim());
  return Object.fromEntries(names.map((name) => [name, environment[name]!]));
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values;
  } catch (error) {
    throw new CommandError(
      `${(error as Error).message.split(/\. |\.?\n/)[0]}; npm start -- --help lists what there is.`,
    );
  }
}

async function chooseDeno(path: string | undefined): Promise<string> {
  if (!path) return Deno.execPath();
  const isFile = await Deno.stat(path).then((info) => info.isFile, () => false);
  if (!isFile) throw new CommandError(`ODYSSEY_DENO must be the path of a Deno binary; there is none at ${path}.`);
  return resolve(path);
}
