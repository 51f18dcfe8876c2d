import { CommandError } from "./flags.ts";

/** A terminal's Ctrl-C reaches us twice, directly and passed on by run.mjs: what comes so soon is no second one. */
const echoMs = 400;

/** Cleans up before a signal ends the process: the first one waits for `stop`, a second one ends it at once. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    Deno.addSignalListener(signal, () => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince > echoMs) Deno.exit(code);
        return;
      }
      stoppingSince = performance.now();
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
