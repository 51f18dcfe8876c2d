/** The stack's log: `<dataDir>/log`, one line each with who said it. */
import { join } from "node:path";

/** A log is begun anew at a start when the old one is longer than this; the old one stays as `log.1`. */
const maxBytes = 20 * 1024 * 1024;

/** An open log. */
export type LogFile = { path: string; write(source: string, line: string): void; close(): void };

/** Opens the log for appending. */
export async function openLogFile(dataDir: string): Promise<LogFile> {
  await Deno.mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "log");
  const size = await Deno.stat(path).then(({ size }) => size, () => 0);
  if (size > maxBytes) await Deno.rename(path, `${path}.1`);
  const file = await Deno.open(path, { append: true, create: true, mode: 0o600 });
  const encoder = new TextEncoder();
  return {
    path,
    // Written at once and in order; a line that is lost with a crash is the one that would have explained it.
    write: (source, line) => void file.writeSync(encoder.encode(`${source.padEnd(11)} | ${line}\n`)),
    close: () => file.close(),
  };
}
