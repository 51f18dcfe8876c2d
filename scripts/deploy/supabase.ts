/** Runs the real Supabase CLI for a hosted project, without questions, and passes on what it prints. */
import { join } from "node:path";
import { CommandError } from "../_cli/flags.ts";
import { root } from "../migrations/sources.ts";

/** One call of the CLI: what it is for, and its arguments. */
export type Step = { title: string; args: string[] };

/** The step as a person would type it; passwords of addresses stay out. */
export function stepText({ args }: Step): string {
  return ["supabase", ...args].join(" ").replace(/(:\/\/[^\s:@/]+:)[^\s@/]+@/g, "$1***@");
}

/** Runs a step; one that fails ends the command, with the way on. */
export async function runStep(step: Step, wayOn: string): Promise<void> {
  console.log(`\n${step.title}\n  ${stepText(step)}`);
  const { success, code } = await new Deno.Command(join(root, "node_modules", ".bin", "supabase"), {
    args: step.args,
    cwd: root,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
    env: { SUPABASE_TELEMETRY_DISABLED: "1" },
  }).spawn().status;
  if (!success) throw new CommandError(`${step.title}: failed (${code}). ${wayOn}`);
}
