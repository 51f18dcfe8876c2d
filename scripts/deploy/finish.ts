/** The last step of deploy and rollback: what is deployed must be healthy. */
import { CommandError } from "../_cli/flags.ts";
import { checkHealth } from "./health.ts";
import type { Target } from "./target.ts";

/** Prints how each function is; one that is not healthy ends the command with the way back. */
export async function finish({ url, seconds }: Target, names: string[], wayBack: string): Promise<void> {
  console.log("\nHealth");
  const found = await checkHealth(url, names, seconds);
  for (const { name, fault } of found) console.log(`  ${name}: ${fault ?? "healthy"}`);
  const ill = found.filter(({ fault }) => fault !== null).map(({ name }) => name);
  if (ill.length > 0) throw new CommandError(`${ill.join(", ")}: not healthy. The way back: ${wayBack}`);
  console.log("\nDone.");
}
