/** The real Supabase CLI, without Docker and without an account. */
import { join } from "node:path";
import { root } from "../../scripts/migrations/sources.ts";

/** How a run of the CLI ended, with everything it printed. */
export type CliResult = { code: number; output: string };

/** Runs `supabase ...` in the repository, with a home of its own so that no login of this machine takes part. */
export async function runSupabase(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  const home = await Deno.makeTempDir({ prefix: "odyssey-cli-" });
  try {
    const { code, stdout, stderr } = await new Deno.Command(join(root, "node_modules", ".bin", "supabase"), {
      args,
      cwd: root,
      stdin: "null",
      env: { HOME: home, SUPABASE_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...env },
    }).output();
    const decoder = new TextDecoder();
    return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** `supabase db push` to the database at `url`. */
export function pushMigrations(url: string): Promise<CliResult> {
  return runSupabase(["db", "push", `--remote=${url}`, "--yes"], { PGSSLMODE: "disable" });
}
