/** Takes a port, or says who has it. */
import { StackError } from "./stack_error.ts";
import { type PortHolder, portHolder } from "./port_holder.ts";

/** Runs what listens on `port`; explains who has it where it is taken. `setting` says how to choose another. */
export async function takePort<T>(port: number, setting: string, listen: (port: number) => T): Promise<T> {
  try {
    return listen(port);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw await portTaken(port, setting);
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new StackError(`Port ${port} needs more rights than we have; choose one above 1023 with ${setting}.`);
    }
    throw error;
  }
}

/** Fails like `takePort` where the port is taken, and leaves it free; 0 stands for any free port. */
export async function mustBeFree(port: number, setting: string): Promise<void> {
  if (port !== 0) (await takePort(port, setting, () => Deno.listen({ hostname: "127.0.0.1", port }))).close();
}

async function portTaken(port: number, setting: string): Promise<StackError> {
  const holder = await portHolder(port);
  return new StackError(
    `Port ${port} is taken by ${describe(holder)}; stop it, or choose another port with ${setting}.`,
  );
}

function describe(holder: PortHolder): string {
  switch (holder.kind) {
    case "odyssey":
      return `the Odyssey stack of ${holder.dataDir} (process ${holder.pid})`;
    case "postgres":
      return `the Postgres server of ${holder.folder} (process ${holder.pid})`;
    case "process":
      return `process ${holder.pid} (${holder.command})`;
    case "unknown":
      return "another process";
  }
}
