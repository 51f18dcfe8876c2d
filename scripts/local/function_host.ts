/**
 * Runs one function, as the hosted runtime does: `deno run <permissions> function_host.ts ENTRYPOINT`. Stands for
 * Supabase's Edge Runtime; leaves out its limits of memory, CPU time and wall clock, and its regional settings.
 *
 * It serves on a free port and tells it on stdout, `listening PORT`. On stdin it hears `drain` (finish what is
 * open, then end); when stdin closes the parent is gone, and it ends at once. Runs on current and hosted Deno.
 */
const [entrypoint] = Deno.args;
const tell = console.log.bind(console);
const background = new Set<Promise<unknown>>();
const servers: Deno.HttpServer[] = [];
const serve = Deno.serve;

// Where the function says it wants to listen does not count; the platform decides.
function serveOnFreePort(...args: unknown[]): Deno.HttpServer {
  const options = args.find((arg) => typeof arg === "object" && arg !== null) as Deno.ServeTcpOptions | undefined;
  const handler = args.find((arg) => typeof arg === "function") ??
    (options as { handler?: unknown } | undefined)?.handler;
  const server = serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: ({ port }) => tell(`listening ${port}`),
    ...(options?.onError ? { onError: options.onError } : {}),
  }, handler as Deno.ServeHandler);
  servers.push(server);
  return server;
}
Object.defineProperty(Deno, "serve", { value: serveOnFreePort });

Object.defineProperty(globalThis, "EdgeRuntime", {
  value: {
    /** Keeps the function alive until `promise` has settled, though its answer is sent. */
    waitUntil(promise: Promise<unknown>) {
      const kept = Promise.resolve(promise)
        .catch((error) => console.error("EdgeRuntime.waitUntil:", error))
        .finally(() => background.delete(kept));
      background.add(kept);
    },
  },
});

async function obeyParent(): Promise<void> {
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    if (text.includes("drain")) drain();
  }
  Deno.exit(0);
}

async function drain(): Promise<void> {
  dispatchEvent(new Event("beforeunload"));
  await Promise.all(servers.map((server) => server.shutdown()));
  while (background.size > 0) await Promise.all(background);
  Deno.exit(0);
}

// Ctrl-C in a terminal reaches every process of the group; the parent ends us in its own order.
Deno.addSignalListener("SIGINT", () => {});
obeyParent();
await import(entrypoint!);
