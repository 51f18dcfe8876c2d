/** When to stop: Ctrl-C, SIGTERM, a closed terminal, or the death of the process that launched us. */

/** The ways to be told. `again` runs when somebody asks a second time. */
export type StopSignals = { requested: Promise<string>; onSecond(again: () => void): void };

/** Listens from now on. */
export function listenForStop(): StopSignals {
  const { promise, resolve } = Promise.withResolvers<string>();
  let again = () => Deno.exit(130);
  let isRequested = false;
  const request = (reason: string) => {
    if (isRequested) return again();
    isRequested = true;
    resolve(reason);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, () => request(signal));
  watchLauncher(() => request("the launcher ended"));
  return { requested: promise, onSecond: (action) => void (again = action as () => never) };
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
