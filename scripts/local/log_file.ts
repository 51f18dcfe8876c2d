/** The stack's log: `<dataDir>/log`, one line each with who said it. */
import { join } from "node:path";
import { StackError } from "./stack_error.ts";

/** A log is begun anew at a start when the old one is longer than this; the old one stays as `log.1`. */
const maxBytes = 20 * 1024 * 1024;

/** An open log. */
export type LogFile = { path: string; write(source: string, line: string): void; close(): void };

/** Opens the log for appending. */
export async function openLogFile(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, "log");
  const file = await openFile(dataDir, path).catch((error) => {
    throw new StackError(`The data folder ${dataDir} cannot be used: ${error.message}`);
  });
  const encoder = new TextEncoder();
  return {
    path,
    // Written at once and in order; a line that is lost with a crash is the one that would have explained it.
    write: (source, line) => void file.writeSync(encoder.encode(`${source.padEnd(11)} | ${line}\n`)),
    close: () => file.close(),
  };
}

async function openFile(dataDir: string, path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(dataDir, { recursive: true });
  const size = await Deno.stat(path).then(({ size }) => size, () => 0);
  if (size > maxBytes) await Deno.rename(path, `${path}.1`);
  return await Deno.open(path, { append: true, create: true, mode: 0o600 });
}
