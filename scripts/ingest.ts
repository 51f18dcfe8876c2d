/** `npm run ingest`: uploads a file, follows its job, says what came of it. */
import { join, resolve } from "node:path";
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { sayOnInterrupt } from "./_cli/on_signals.ts";
import { type ProgressOutput, startProgress } from "./_cli/progress.ts";
import { createIngestClient } from "./ingest/client.ts";
import { deliverFile, statFile } from "./ingest/deliver_file.ts";
import { followJob } from "./ingest/follow.ts";
import { reportLines, saveErrors } from "./ingest/report.ts";
import { chooseTarget } from "./ingest/target.ts";
import { root } from "./migrations/sources.ts";

const help = `npm run ingest -- FILE --mode products|customers [FLAGS]

Uploads FILE (CSV, TSV, semicolons; any common encoding; up to 10 GB), follows the job and prints its totals.
An upload that broke off goes on when the same command runs again.

  --mode MODE        products or customers
  --mapping FILE     JSON: which column is which field, for this file alone
  --errors FILE      save the failed rows as CSV (else their address is printed)
  --json             print the finished job as JSON on stdout, progress on stderr
  --follow JOB_ID    upload nothing; follow a job that is there
  --vendor CODE      local stack: the vendor to fill (demo)
  --user ID          local stack: the Appwrite user to act as (demo_admin)
  --data-dir DIR     local stack: its data folder (.odyssey)
  --url URL          a hosted project, e.g. https://PROJECT.supabase.co
  --token JWT        the Appwrite token to use there (or ODYSSEY_TOKEN)
  --vendor-id UUID   for a token whose user belongs to several vendors
  --help             this text

Ends with 0 when the job completed, 1 when it failed or was canceled, 2 when called wrongly.`;

const text = { type: "string" } as const;
const options = {
  "mode": text,
  "mapping": text,
  "errors": text,
  "follow": text,
  "vendor": text,
  "user": text,
  "data-dir": text,
  "url": text,
  "token": text,
  "vendor-id": text,
  "json": { type: "boolean" },
} as const;

await runCommand(async () => {
  const { values, positionals } = readFlags({ help, options, positionals: true });
  const jobToFollow = values.follow;
  if (positionals.length !== (jobToFollow ? 0 : 1)) {
    throw new CommandError(`Name one file${jobToFollow ? " or one job" : ""}; --help lists what there is.`, 2);
  }
  const path = positionals[0] ?? "";
  const mode = jobToFollow ? "" : readMode(values.mode);
  const file = jobToFollow ? null : await statFile(path);
  const mapping = values.mapping ? await readMapping(values.mapping) : null;
  const started = Date.now();
  const dataDir = resolve(values["data-dir"] ?? join(root, ".odyssey"));
  const { base, token } = await chooseTarget({
    dataDir,
    ...(values.url ? { url: values.url } : {}),
    ...(values.token ? { token: values.token } : {}),
    ...(values.user ? { user: values.user } : {}),
    ...(values.vendor ? { vendor: values.vendor } : {}),
  });
  const client = createIngestClient(base, token, values["vendor-id"]);
  const output = progressOutput(values.json ?? false);

  const jobId = file ? await deliverFile(client, dataDir, { path, file, mode, mapping, output }) : jobToFollow ?? "";
  sayOnInterrupt(`The job goes on without this command. Follow it: npm run ingest -- --follow ${jobId}`);
  const job = await followJob(client, jobId, startProgress("job", output));
  const errorsFile = values.errors ? await saveErrors(job, values.errors) : undefined;
  if (values.json) console.log(JSON.stringify(job, null, 2));
  else console.log(reportLines(job, (Date.now() - started) / 1000, errorsFile).join("\n"));
  return job.status === "completed" ? 0 : 1;
});

function readMode(mode: string | undefined): string {
  if (mode === "products" || mode === "customers") return mode;
  throw new CommandError(`--mode must be products or customers${mode ? `, not ${mode}` : ""}.`, 2);
}

async function readMapping(path: string): Promise<Record<string, unknown>> {
  try {
    const mapping: unknown = JSON.parse(await Deno.readTextFile(path));
    if (mapping && typeof mapping === "object" && !Array.isArray(mapping)) return mapping as Record<string, unknown>;
    throw new Error("must be a JSON object");
  } catch (error) {
    throw new CommandError(`--mapping ${path}: ${(error as Error).message}`, 2);
  }
}

function progressOutput(json: boolean): ProgressOutput {
  const stream = json ? Deno.stderr : Deno.stdout;
  const isTerminal = stream.isTerminal();
  return {
    isTerminal,
    width: (isTerminal && Deno.consoleSize().columns) || 80,
    write: (part) => void stream.writeSync(new TextEncoder().encode(part)),
  };
}
