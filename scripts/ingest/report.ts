/** What an ended job comes to, for people. */
import { formatCount, formatSeconds } from "../_cli/format.ts";
import { CommandError } from "../_cli/flags.ts";
import type { Job } from "./client.ts";

/** The lines printed under the bars; `errorsFile` is where errors.csv was saved, if it was. */
export function reportLines(job: Job, seconds: number, errorsFile?: string): string[] {
  const total = (name: string) => formatCount(job.totals[name] ?? 0);
  const lines = [
    `${job.status} in ${formatSeconds(seconds)}: ${total("rows_read")} rows read, ${total("inserted")} inserted, ` +
    `${total("updated")} updated, ${total("unchanged")} unchanged, ${total("rows_failed")} failed`,
    `job ${job.id}, workflow ${job.super_id}`,
  ];
  const reason = job.error?.detail ?? job.error?.message;
  if (reason) lines.splice(1, 0, `reason: ${reason}`);
  if (errorsFile) lines.push(`errors.csv: ${errorsFile}`);
  else if (job.error_url) lines.push(`errors.csv: ${job.error_url}`);
  return lines;
}

/** Saves errors.csv as `file`; a job without failed rows has none. */
export async function saveErrors(job: Job, file: string): Promise<string | undefined> {
  if (!job.error_url) return undefined;
  const response = await fetch(job.error_url);
  if (!response.ok || !response.body) throw new CommandError(`errors.csv: ${response.status} ${await response.text()}`);
  await Deno.writeFile(file, response.body);
  return file;
}
