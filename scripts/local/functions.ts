/** All functions of a stack behind `/functions/v1`. */
import { functionConfigs } from "./functions/config.ts";
import { LocalFunction } from "./functions/function.ts";
import type { Runtime } from "./functions/runtime.ts";
import { watchFunctions } from "./functions/watch.ts";

export type { FunctionLog } from "./functions/runtime.ts";

/** The running functions. */
export type Functions = {
  names: string[];
  handle(request: Request, url: URL): Promise<Response>;
  /** Resolves when each has loaded or has failed to. */
  loaded(): Promise<void>;
  stop(graceMs: number): Promise<void>;
  /** Ends every process at once. */
  kill(): void;
};

/** `only` chooses functions by name; `watch` reloads them when their code changes. */
export type FunctionsOptions = Runtime & { only?: string[]; watch: boolean };

/** Begins to load every function and returns at once: a request waits for the function it asks. */
export async function startFunctions({ only, watch, ...runtime }: FunctionsOptions): Promise<Functions> {
  const configs = await functionConfigs(runtime.root, only);
  const functions = new Map(configs.map((config) => [config.name, new LocalFunction(config, runtime)]));
  for (const each of functions.values()) each.load();
  const names = [...functions.keys()];
  const watching = watch
    ? watchFunctions(runtime.root, names, (changed) => changed.forEach((name) => functions.get(name)?.reload()))
    : null;
  return {
    names,
    async handle(request, url) {
      // The hosted runtime strips its own prefix: a function sees /<name>/...
      const stripped = new URL(url);
      stripped.pathname = url.pathname.replace(/^\/functions\/v1/, "");
      const wanted = functions.get(stripped.pathname.split("/")[1] ?? "");
      if (wanted) return await wanted.fetch(request, stripped);
      return Response.json({ code: "NOT_FOUND", message: "Requested function was not found" }, { status: 404 });
    },
    async loaded() {
      await Promise.all([...functions.values()].map((each) => each.load().loaded));
    },
    async stop(graceMs) {
      watching?.close();
      await Promise.all([...functions.values()].map((each) => each.stop(graceMs)));
    },
    kill: () => functions.forEach((each) => each.kill()),
  };
}
