/** How a function's process is run: the binary, the code it may read, its environment. */
import { dirname, join } from "node:path";
import type { FunctionConfig } from "./config.ts";

/** Where one of the functions' processes says something. */
export type FunctionLog = (source: string, line: string) => void;

/** What every function of a stack shares. */
export type Runtime = {
  /** The repository's root. */
  root: string;
  /** The Deno binary; hosted projects may still run 2.1.4. */
  deno: string;
  /** The whole environment a function sees, as hosted: nothing of ours leaks in. */
  env: Record<string, string>;
  log: FunctionLog;
};

const shim = join(import.meta.dirname!, "..", "function_host.ts");

/** The command of one function, with the permissions a hosted one has: network, environment, reading its own code. */
export function functionCommand({ root, deno, env }: Runtime, { entrypoint }: FunctionConfig): Deno.Command {
  const settings = join(root, "deno.json");
  const readable = [join(root, "functions"), join(root, "node_modules"), dirname(shim), settings];
  return new Deno.Command(deno, {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--quiet",
      `--config=${settings}`,
      "--cached-only",
      "--allow-net",
      "--allow-env",
      `--allow-read=${readable.join(",")}`,
      shim,
      `file://${entrypoint}`,
    ],
    cwd: root,
    clearEnv: true,
    env: { ...env, ...denoFolder(), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Deno needs a folder for what it has compiled; without HOME it must be told. */
function denoFolder(): Record<string, string> {
  const folder = Deno.env.get("DENO_DIR") ?? join(Deno.env.get("HOME") ?? "/tmp", ".cache", "deno");
  return { DENO_DIR: folder };
}
