/** A worker of `checkSql`: takes files, answers their problems. */
/// <reference lib="deno.worker" />
import { checkFiles, type SqlFile } from "./sql.ts";

self.onmessage = async ({ data: { files, fix } }: MessageEvent<{ files: SqlFile[]; fix: boolean }>) => {
  self.postMessage(await checkFiles(files, fix));
};
