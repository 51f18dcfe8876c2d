/** `npm run recovery:rehearse`: proves on this machine that a backup can be restored to a moment. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { abortOnSignals } from "./_cli/on_signals.ts";
import { rehearse } from "./recovery/rehearse.ts";

const help = `npm run recovery:rehearse [-- FLAGS]

Makes a cluster of its own with the migrations, copies it while work goes on, archives its log, deletes everything, kills
the server, restores another to the moment before, and compares: row counts, the audit chain. Prints what was lost
(RPO) and how long it took (RTO). What it means for a hosted project stands in docs/operations/recovery.md.

  --rounds N            rounds of 50 products before the copy, and again after it; 40
  --archive-seconds N   how long the log waits at most before it is archived; 2
  --json                the figures as JSON
  --help                this text`;

await runCommand(async () => {
  const { values } = readFlags({
    help,
    options: {
      rounds: { type: "string", default: "40" },
      "archive-seconds": { type: "string", default: "2" },
      json: { type: "boolean", default: false },
    },
  });
  const result = await rehearse({
    rounds: wholeNumber("--rounds", values.rounds),
    archiveSeconds: wholeNumber("--archive-seconds", values["archive-seconds"]),
    log: (line) => values.json || console.log(line),
    signal: abortOnSignals("Interrupted."),
  });
  const isSame = JSON.stringify(result.expected) === JSON.stringify(result.restored);
  if (values.json) console.log(JSON.stringify({ ...result, isSame }));
  else {
    const megabytes = (result.baseBytes / 2 ** 20).toFixed(0);
    console.log(`\nRow counts and audit head   ${isSame ? "as at the moment" : "DIFFERENT"}`);
    console.log(`Audit chain                 ${result.chain.valid ? "valid" : "BROKEN"}, ${result.chain.checked} rows`);
    console.log(`RPO                         ${result.rpoSeconds.toFixed(1)} s of changes were not archived`);
    console.log(`RTO                         ${result.rtoSeconds.toFixed(1)} s for ${megabytes} MiB`);
  }
  if (!isSame || !result.chain.valid) throw new CommandError("The restored database is not the one that was lost.");
});

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new CommandError(`${flag} must be a whole number of 1 or more.`, 2);
  return value;
}
