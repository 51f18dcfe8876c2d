/** Follows a job until it ends. */
import { formatCount } from "../_cli/format.ts";
import type { Progress } from "../_cli/progress.ts";
import type { IngestClient, Job } from "./client.ts";
import { CommandError } from "../_cli/flags.ts";

/** Seconds that one request may hold on for a change. */
const waitSeconds = 20;

/** A user has 60 requests a minute; a bar needs fewer. */
const pause = 1500;

/** Resolves with the job once it is completed, failed or canceled. */
export async function followJob(client: IngestClient, jobId: string, progress: Progress): Promise<Job> {
  for (;;) {
    const started = Date.now();
    const job = await client.getJob(jobId, waitSeconds);
    if (!job) throw new CommandError(`There is no job ${jobId} for this vendor.`);
    if (job.status !== "queued" && job.status !== "running") {
      progress.finish(job.progress_pct / 100, note(job));
      return job;
    }
    progress.update(job.progress_pct / 100, note(job));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, pause - (Date.now() - started))));
  }
}

function note({ status, totals }: Job): string {
  const read = totals["rows_read"] ?? 0;
  const failed = totals["rows_failed"] ?? 0;
  return `${status}, ${formatCount(read)} rows${failed > 0 ? `, ${formatCount(failed)} failed` : ""}`;
}
