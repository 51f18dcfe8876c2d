/** `npm start` as a person runs it, in a data folder of its own on free ports. */
import { join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");
const deno = ["run", "--no-prompt", "--unstable-no-legacy-abort", "-A", "--config", join(root, "deno.json")];

/** A finished command. */
export type Finished = { code: number; stdout: string; stderr: string };

/** A started `npm start`; `pid` is the Deno process that runs it. */
export type Started = {
  pid: number;
  stdout: () => string;
  stderr: () => string;
  env: Record<string, string>;
  /** Resolves when the command has ended. */
  ended: Promise<Deno.CommandStatus>;
  kill(signal: Deno.Signal): void;
};

/** Runs `scripts/<name>.ts` to its end. */
export async function run(name: string, args: string[]): Promise<Finished> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...deno, join(root, "scripts", `${name}.ts`), ...args],
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: output.code, stdout: text(output.stdout), stderr: text(output.stderr) };
}

/** Starts a stack and waits until it says `ready`. */
export async function start(dataDir: string, args: string[] = ["--port", "0", "--db-port", "0"]): Promise<Started> {
  const starting = begin(dataDir, args);
  const { stdout, stderr, ended } = starting;
  let hasEnded = false;
  ended.then(() => hasEnded = true);
  for (const giveUpAt = Date.now() + 60_000; !stdout().endsWith("ready\n");) {
    if (hasEnded || Date.now() > giveUpAt) {
      throw new Error(`npm start did not become ready:\n${stdout()}\n${stderr()}`);
    }
    await pause(50);
  }
  const lines = (await Deno.readTextFile(join(dataDir, "env"))).trim().split("\n");
  return { ...starting, env: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

/** Starts a stack and does not wait; its `env` is not known yet. */
export function begin(dataDir: string, args: string[] = ["--port", "0", "--db-port", "0"]): Started {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...deno, join(root, "scripts", "start.ts"), "--data-dir", dataDir, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return {
    pid: child.pid,
    stdout: collect(child.stdout),
    stderr: collect(child.stderr),
    env: {},
    ended: child.status,
    kill: (signal) => child.kill(signal),
  };
}

function collect(stream: ReadableStream<Uint8Array>): () => string {
  let text = "";
  (async () => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) text += part;
  })();
  return () => text;
}

/** The living descendants of `pid`, and every process that names `dataDir` in its command; Linux only. */
export function processesOf(pid: number, dataDir: string): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const entry of Deno.readDirSync("/proc")) {
    const id = Number(entry.name);
    if (!Number.isInteger(id) || id === Deno.pid) continue;
    try {
      const command = Deno.readTextFileSync(`/proc/${id}/cmdline`).replaceAll("\0", " ");
      const parent = Number(Deno.readTextFileSync(`/proc/${id}/stat`).replace(/^.*\) \S /s, "").split(" ")[0]);
      if (command && (parent === pid || command.includes(dataDir))) found.push({ pid: id, command });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Whether these processes still run; a zombie that waits for its parent does not. */
export function alive(pids: number[]): number[] {
  return pids.filter((pid) => {
    try {
      return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
    } catch {
      return false;
    }
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
