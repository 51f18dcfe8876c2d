/** A throw-away project with one function, run by the function host as a stack runs it. */
import { join } from "node:path";
import { startFunctions } from "../../scripts/local/functions.ts";

export type FunctionStand = {
  /** Replaces the function's source. */
  write(source: string): Promise<void>;
  /** Asks the function at a path behind its name; the body as JSON, or as text. */
  ask(path?: string, init?: RequestInit): Promise<{ status: number; body: unknown }>;
  log: string[];
  folder: string;
  stop(graceMs?: number): Promise<void>;
};

/** Starts function `probe` with this source; `watch` reloads it when the source changes. */
export async function standUp(source: string, { watch = false } = {}): Promise<FunctionStand> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const file = join(folder, "functions", "probe", "index.ts");
  await Deno.mkdir(join(folder, "functions", "probe"), { recursive: true });
  await Deno.mkdir(join(folder, "supabase"));
  await Deno.writeTextFile(join(folder, "deno.json"), "{}");
  await Deno.writeTextFile(
    join(folder, "supabase", "config.toml"),
    '[functions.probe]\nverify_jwt = false\nentrypoint = "../functions/probe/index.ts"\nimport_map = "../deno.json"\n',
  );
  await Deno.writeTextFile(file, source);
  const log: string[] = [];
  const functions = await startFunctions({
    root: folder,
    deno: Deno.execPath(),
    env: { GREETING: "hello" },
    log: (who, line) => void log.push(`${who}: ${line}`),
    watch,
  });
  return {
    log,
    folder,
    write: (text) => Deno.writeTextFile(file, text),
    async ask(path = "/probe", init) {
      const url = new URL(`http://127.0.0.1/functions/v1${path}`);
      const response = await functions.handle(new Request(url, init), url);
      const text = await response.text();
      return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
    },
    async stop(graceMs = 2000) {
      await functions.stop(graceMs);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Waits until `holds`; fails after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ten seconds for ${holds}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
