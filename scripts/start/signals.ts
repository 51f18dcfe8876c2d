/** When to stop: Ctrl-C, SIGTERM, a closed terminal, or the death of the process that launched us. */
import process from "node:process";

/** The ways to be told. `again` runs when somebody asks a second time. */
export type StopSignals = { requested: Promise<string>; onSecond(again: () => void): void };

/** One Ctrl-C comes from the terminal and from each process above us that passes it on. */
const echoMs = 400;

/** Listens from now on. */
export function listenForStop(): StopSignals {
  const { promise, resolve } = Promise.withResolvers<string>();
  let again: () => void = () => Deno.exit(130);
  let requestedAt: number | null = null;
  const request = (reason: string) => {
    const now = performance.now();
    if (requestedAt === null) {
      requestedAt = now;
      resolve(reason);
    } else if (now - requestedAt > echoMs) again();
  };
  // Node's way to listen: a package under tus-js-client (signal-exit) sends itself the signal again when it sees no
  // listener beside its own, and does not see Deno's.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => request(signal));
  watchLauncher(() => request("the launcher ended"));
  return { requested: promise, onSecond: (action) => void (again = action) };
}

/** scripts/run.mjs names itself in ODYSSEY_LAUNCHER; when it is killed, nobody else could stop us. */
function watchLauncher(ended: () => void): void {
  const launcher = Number(Deno.env.get("ODYSSEY_LAUNCHER"));
  if (!launcher || Deno.ppid !== launcher) return;
  const timer = setInterval(() => {
    if (Deno.ppid === launcher) return;
    clearInterval(timer);
    ended();
  }, 500);
}
