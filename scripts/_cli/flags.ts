/** Reads a command's arguments; a mistake ends the command with a line that names it, and exit code 2. */
import { parseArgs, type ParseArgsConfig } from "node:util";

/** Ends a command with a message and no stack trace; `exitCode` 2 means that it was called wrongly. */
export class CommandError extends Error {
  constructor(message: string, readonly exitCode: number = 1) {
    super(message);
  }
}

/** What a command takes: node's `parseArgs` options, and the text that `--help` prints. */
export type CommandOptions<T extends ParseArgsConfig["options"]> = { help: string; options: T; positionals?: boolean };

/** Every command takes this one, so that whoever runs several need not know which of them reach a stack. */
const dataDir = { "data-dir": { type: "string" } } as const;
const dataDirHelp =
  "\n--data-dir DIR is taken here as everywhere, and not needed: this command reaches no running stack.";

/** Parses `Deno.args`. `--help` prints the text and ends with 0; an unknown flag ends with 2. */
export function readFlags<const T extends NonNullable<ParseArgsConfig["options"]>>(
  { help, options, positionals = false }: CommandOptions<T>,
  args: string[] = Deno.args,
) {
  if (args.includes("--help") || args.includes("-h")) {
    console.log("data-dir" in options ? help : help + dataDirHelp);
    Deno.exit(0);
  }
  try {
    return parseArgs({ args, options: { ...dataDir, ...options }, allowPositionals: positionals, strict: true });
  } catch (error) {
    const reason = (error as Error).message.split(". ")[0]?.replace(/\.$/, "");
    throw new CommandError(`${reason}; --help lists what there is.`, 2);
  }
}

/** Runs a command's body and turns what it throws into a line on stderr and the exit code. */
export async function runCommand(body: () => Promise<number | void>): Promise<never> {
  try {
    Deno.exit((await body()) ?? 0);
  } catch (error) {
    reportAndExit(error);
  }
}

/** Ends the command with what went wrong: a line for a `CommandError`, the whole stack for a mistake of ours. */
export function reportAndExit(error: unknown): never {
  if (error instanceof CommandError) {
    console.error(error.message);
    Deno.exit(error.exitCode);
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  Deno.exit(1);
}
