/** Brings a file to the server: a new job, or the one that an interrupted run of the same command began. */
import { CommandError } from "../_cli/flags.ts";
import { formatBytes } from "../_cli/format.ts";
import { sayOnInterrupt } from "../_cli/on_signals.ts";
import { type ProgressOutput, startProgress } from "../_cli/progress.ts";
import type { IngestClient } from "./client.ts";
import { uploadFile } from "./upload.ts";
import { openUploadRecords, type UploadKey } from "./upload_records.ts";

/** The file, what it holds, and where progress goes. */
export type Delivery = {
  path: string;
  file: Deno.FileInfo;
  mode: string;
  mapping: Record<string, unknown> | null;
  output: ProgressOutput;
};

/** Uploads the file, going on with an earlier try where there is one; returns the job's id. */
export async function deliverFile(client: IngestClient, dataDir: string, delivery: Delivery): Promise<string> {
  const { path, file: { size, mtime }, mode, mapping, output } = delivery;
  const key: UploadKey = {
    path,
    size,
    mode,
    modified: mtime?.getTime() ?? 0,
    base: client.base,
    mapping: mapping ? JSON.stringify(mapping) : "",
  };
  const records = openUploadRecords(dataDir);
  for (let attempt = 0; attempt < 2; attempt++) {
    let record = await records.find(key);
    if (record && !await isWaiting(client, record.job_id)) record = null;
    const progress = startProgress("upload", output);
    if (record) output.write(`Going on with the upload of job ${record.job_id}\n`);
    record ??= await client.createJob(mode, mapping ? { mapping } : null);
    await records.put(key, record);
    sayOnInterrupt("Stopped. Run the same command again; the upload goes on where it was.");
    const current = record;
    const began = Date.now();
    let first: number | undefined;
    const outcome = await uploadFile({
      path,
      size,
      record,
      onUrl: (url) => records.put(key, { ...current, url }),
      onProgress: (sent) => {
        first ??= sent;
        const perSecond = (sent - first) / Math.max(0.5, (Date.now() - began) / 1000);
        progress.update(sent / size, `${formatBytes(sent)} of ${formatBytes(size)}, ${formatBytes(perSecond)}/s`);
      },
    });
    await records.remove(key);
    if (outcome === "gone") continue;
    progress.finish(1, formatBytes(size));
    return record.job_id;
  }
  throw new CommandError("The server does not keep the upload; see its log.");
}

/** True for a job that still expects bytes. */
async function isWaiting(client: IngestClient, jobId: string): Promise<boolean> {
  return (await client.getJob(jobId))?.status === "queued";
}

/** The file's size and time of change; says so when it cannot be uploaded. */
export async function statFile(path: string): Promise<Deno.FileInfo> {
  const info = await Deno.stat(path).catch((error: Error) => {
    throw new CommandError(`${path}: ${error instanceof Deno.errors.NotFound ? "no such file" : error.message}`, 2);
  });
  if (!info.isFile) throw new CommandError(`${path} is not a file.`, 2);
  if (info.size === 0) throw new CommandError(`${path} is empty.`, 2);
  return info;
}
