/** Supabase Auth's admin route of the running stack behind a proxy that fails when told to, and the verbs of its user. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createAuthAdmin } from "../../functions/_shared/synthetic/auth_admin.ts";
import type { AuthAdmin } from "../../functions/_shared/synthetic/create_user_with_retry.ts";
import { stack } from "../end_to_end/people.ts";

/**
 * dropped: the connection ends before Auth hears of the call; lost: after Auth has done it; twice: Auth hears it twice
 * and its second answer arrives; late: nothing is answered, and Auth does it when `release` is called; else an answer of
 * this status, with a code when it has one.
 */
export type Fault = "dropped" | "lost" | "twice" | "late" | { status: number; code?: string };

export interface FaultyAuth {
  auth: AuthAdmin;
  /** Methods of the calls that came, in order; what the transport repeats by itself counts once. */
  calls: string[];
  /** Lets the calls that hang through to Auth, and waits until it has done them. */
  release(): Promise<void>;
  stop(): Promise<void>;
}

/** How long the client waits; a call that hangs costs as much. */
const timeoutMs = 1500;

/** Starts the proxy; `choose` is asked at each call what goes wrong with it, if anything. */
export async function startFaultyAuth(
  choose: (method: string) => Fault | undefined | Promise<Fault | undefined>,
): Promise<FaultyAuth> {
  const calls: string[] = [];
  const chosen = new Map<string, Fault | undefined>();
  const held: (() => Promise<unknown>)[] = [];
  const server = createServer(async (request, response) => {
    const method = request.method!;
    const { body, forward } = await prepare(request);
    // A connection that breaks makes the transport repeat a call by itself; that fares as the first time.
    if (method !== "POST" || !chosen.has(body)) {
      calls.push(method);
      chosen.set(body, await choose(method));
    }
    const fault = chosen.get(body);
    if (fault === undefined) return void await answer(response, await forward());
    if (fault === "late") return void held.push(forward);
    if (fault === "lost" || fault === "twice") await (await forward()).body?.cancel();
    if (fault === "twice") return void await answer(response, await forward());
    if (fault === "lost" || fault === "dropped") return void request.socket.destroy();
    const { status, code } = fault;
    response.writeHead(status, { "content-type": "application/json", "x-supabase-api-version": "2024-01-01" });
    response.end(JSON.stringify({ ...(code ? { code } : {}), message: "not a duplicate, not unique" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  return {
    auth: createAuthAdmin(`http://127.0.0.1:${port}`, Deno.env.get("SUPABASE_SECRET_KEY")!, timeoutMs),
    calls,
    async release() {
      for (const forward of held.splice(0)) await (await forward() as Response).body?.cancel();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Reads the call whole, so that it can be sent on later, when its client has gone. */
async function prepare(request: IncomingMessage): Promise<{ body: string; forward: () => Promise<Response> }> {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  const headers = new Headers();
  for (const name of ["apikey", "authorization", "content-type", "x-supabase-api-version"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const init = { method: request.method!, headers, body: body || null };
  return { body, forward: () => fetch(`${stack.url}${request.url}`, init) };
}

async function answer(response: ServerResponse, from: Response): Promise<void> {
  response.writeHead(from.status, {
    "content-type": "application/json",
    "x-supabase-api-version": from.headers.get("x-supabase-api-version") ?? "2024-01-01",
  });
  response.end(await from.text());
}
