/**
 * One port for everything, with the paths of a hosted project. Stands for the platform's gateway (Envoy, Kong).
 * Leaves out: TLS, WebSockets, rate limits of the platform, the check of JWTs (`verify_jwt`).
 */
import { setTimeout as delay } from "node:timers/promises";
import { handlePreflight, withCors } from "./cors.ts";
import { whoamiPath } from "./port_holder.ts";

/** The only address listened on, and so every client's: told in `X-Forwarded-For`, as the platform's gateway does. */
export const clientAddress = "127.0.0.1";

/** Answers the requests under one prefix; the prefix is still in `url.pathname`. */
export type Handler = (request: Request, url: URL) => Response | Promise<Response>;

/** A route; `cors` where the platform itself answers preflights, as it does for all but functions. */
export type Route = { prefix: string; cors: boolean; handle: Handler };

/** The running gateway. Until `open` is called, and once it stops, every request gets 503. */
export type Gateway = {
  url: string;
  port: number;
  open(routes: Route[]): void;
  /** Waits for open requests, at most `graceMs`, then cuts them off. */
  stop(graceMs: number): Promise<void>;
};

/** Listens at once, so that a taken port shows before anything else is started; `port` 0 takes a free one. */
export function serveGateway(options: { port: number; dataDir: string; log: (line: string) => void }): Gateway {
  const { dataDir, log } = options;
  let routes: Route[] | null = null;
  let open = 0;
  const cut = new AbortController();

  const handle = async (request: Request, { completed }: Deno.ServeHandlerInfo): Promise<Response> => {
    open++;
    completed.catch(() => {}).finally(() => open--);
    const url = new URL(request.url);
    if (url.pathname === whoamiPath) return Response.json({ service: "odyssey", data_dir: dataDir, pid: Deno.pid });
    if (!methods.includes(request.method)) {
      return refuse(405, "The method is not served here", { Allow: methods.join(", ") });
    }
    if (!routes) return refuse(503, "The stack is starting or stopping", { "Retry-After": "1" });
    const route = routes.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
    if (!route) return refuse(404, "no Route matched with those values");
    if (!route.cors) return await route.handle(request, url);
    return handlePreflight(request) ?? withCors(request, await route.handle(request, url));
  };

  const server = Deno.serve({
    hostname: clientAddress,
    port: options.port,
    signal: cut.signal,
    onListen() {},
    onError(error) {
      log(`failed: ${error instanceof Error ? error.stack : error}`);
      return refuse(500, "An unexpected error occurred");
    },
  }, handle);
  const { port } = server.addr;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    open: (all) => void (routes = all),
    async stop(graceMs) {
      // Not server.shutdown(): a request that outlasts the grace could then no longer be cut off.
      routes = null;
      const giveUpAt = performance.now() + graceMs;
      while (open > 0 && performance.now() < giveUpAt) await delay(20);
      cut.abort();
      await server.finished;
    },
  };
}

/** What is passed on; TRACE and CONNECT are answered by no service here. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

function refuse(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ message }, { status, headers });
}
