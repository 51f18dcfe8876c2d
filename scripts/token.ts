/** `npm run token`: a development Appwrite JWT for the running local stack. */
import { join } from "node:path";
import { CommandError, runCommand } from "./_cli/flags.ts";
import { readEnvFile } from "./local/env_file.ts";
import { createIdentity, isNotRunning } from "./local/identities.ts";
import { help, readTokenOptions } from "./token/options.ts";

await runCommand(async () => {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) return console.log(help);
  const { userId, seconds, dataDir, identity } = readTokenOptions(Deno.args);
  const { SUPABASE_DB_URL, APPWRITE_JWT_SECRET } = await readEnvFile(join(dataDir, "env"));
  if (!SUPABASE_DB_URL || !APPWRITE_JWT_SECRET) {
    throw new CommandError(`No stack has run in ${dataDir}: start one (npm start) or name another with --data-dir.`);
  }
  const settings = { SUPABASE_DB_URL, APPWRITE_JWT_SECRET };
  const { token } = await createIdentity(settings, { ...identity, userId, seconds }).catch((error) => {
    if (!isNotRunning(error)) throw error;
    throw new CommandError(`The stack of ${dataDir} is not running: start it with npm start.`);
  });
  console.log(token);
});
