import { CommandError } from "./flags.ts";

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

/** Lets the command end its work in its own way: a signal aborts it with `text`, and the command ends with 130. */
export function abortOnSignals(text: string): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => controller.abort(new CommandError(text, 130)));
  }
  return controller.signal;
}

let message = "";

/** What the command says when Ctrl-C ends it with 130; the last text set counts. */
export function sayOnInterrupt(text: string): void {
  if (!message) {
    Deno.addSignalListener("SIGINT", () => {
      console.error(`\n${message}`);
      Deno.exit(130);
    });
  }
  message = text;
}
