/** Sends a file with TUS, in pieces read from disk one at a time: a lost connection or a new run goes on where it was. */
import { createReadStream } from "node:fs";
import { DetailedError, Upload } from "tus-js-client";
import { CommandError } from "../_cli/flags.ts";
import type { UploadRecord } from "./upload_records.ts";

/** What an upload needs; `onUrl` is told where the bytes go as soon as the server says so. */
export type UploadRequest = {
  path: string;
  size: number;
  record: UploadRecord;
  onUrl: (url: string) => Promise<void>;
  onProgress: (sent: number) => void;
};

const retryDelays = [0, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000];

/** Resolves when the server has the whole file. `"gone"` means that it no longer knows this upload. */
export async function uploadFile({ path, size, record, onUrl, onProgress }: UploadRequest): Promise<"whole" | "gone"> {
  const { headers, metadata, url: endpoint, chunk_size } = record.upload;
  let refused = false;
  try {
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(createReadStream(path), {
        endpoint,
        ...(record.url ? { uploadUrl: record.url } : {}),
        headers,
        metadata,
        chunkSize: chunk_size,
        uploadSize: size,
        retryDelays,
        storeFingerprintForResuming: false,
        onUploadUrlAvailable: () => {
          if (upload.url && upload.url !== record.url) onUrl(upload.url).catch(reject);
        },
        // A refused creation after a resume means that the upload is gone: the caller begins anew, with a new job.
        onBeforeRequest: (request) => {
          if (record.url && request.getMethod() === "POST") refused = true;
        },
        onProgress: (sent) => onProgress(sent),
        onError: reject,
        onSuccess: () => resolve(),
      });
      upload.start();
    });
    return "whole";
  } catch (error) {
    if (refused || (error instanceof DetailedError && isGone(error))) return "gone";
    throw new CommandError(
      `The upload broke off: ${shortMessage(error)}\nRun the same command again; it goes on where it stopped.`,
    );
  }
}

function isGone(error: DetailedError): boolean {
  return [403, 404, 410].includes(error.originalResponse?.getStatus() ?? 0);
}

function shortMessage(error: unknown): string {
  if (!(error instanceof DetailedError)) return (error as Error).message;
  const response = error.originalResponse;
  return response
    ? `${response.getStatus()} ${response.getBody().slice(0, 300)}`
    : (error.causingError?.message ?? error.message);
}
