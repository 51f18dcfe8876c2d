/** Cleans up before a signal ends the process: the first one waits for `stop`, a second one ends it at once. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    Deno.addSignalListener(signal, () => {
      if (stopping) Deno.exit(code);
      stopping = true;
      stop().catch((error) => console.error(error)).finally(() => Deno.exit(code));
    });
  }
}
