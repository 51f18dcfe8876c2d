/** Runs TypeScript tests with `deno test` and reads its closing line. */
import { join } from "node:path";
import { emptyTally, type Tally } from "./tally.ts";

const root = join(import.meta.dirname!, "..", "..");

/** The Deno that runs the scripts, or the version that hosted functions run on (npm alias `deno-hosted`). */
export type DenoVersion = "current" | "hosted";

/** The path of a Deno binary: the platform package beside (or under) the npm package. */
export function denoBinary(version: DenoVersion): string {
  if (version === "current") return Deno.execPath();
  return join(root, "node_modules", "deno-hosted", "deno");
}

const running = new Set<Deno.ChildProcess>();
let isOver = false;

/** Ends the tests that run; none begins after them. */
export function killDenoTests(): void {
  isOver = true;
  for (const child of running) child.kill("SIGKILL");
}

/** `jobs` files run at a time; `print` is given each line. */
type Options = { version: DenoVersion; env: Record<string, string>; jobs: number; print: (line: string) => void };

/** Runs `files` (paths from the root) in one process, with `env` added to ours. */
export async function runDenoTests(files: string[], { version, env, jobs, print }: Options): Promise<Tally> {
  if (isOver) return { ...emptyTally(), failed: 1 };
  const parallel = jobs > 1 ? ["--parallel"] : [];
  const child = new Deno.Command(denoBinary(version), {
    args: ["test", "-A", "--no-check", ...parallel, "--config", "deno.json", ...files],
    cwd: root,
    env: { ...env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_JOBS: String(jobs) },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  running.add(child);
  child.status.finally(() => running.delete(child));
  const closing: Tally = emptyTally();
  let closed = false;
  for await (const line of lines(child.stdout)) {
    print(line);
    const match =
      /^(?:ok|FAILED) \| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed(?: \(\d+ steps?\))?(?: \| (\d+) ignored)?/
        .exec(line);
    if (!match) continue;
    closed = true;
    closing.passed = Number(match[1]);
    closing.failed = Number(match[2]);
    closing.skipped = Number(match[3] ?? 0);
  }
  const { success } = await child.status;
  if (!closed || (!success && closing.failed === 0)) closing.failed += 1;
  return closing;
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest) yield rest;
}
