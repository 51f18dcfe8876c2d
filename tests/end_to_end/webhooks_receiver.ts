/** A server that is told of events, and answers as each path is told to. */
import { Webhook } from "standardwebhooks";

export interface Received {
  path: string;
  at: number;
  eventId: string;
  eventType: string;
  headers: Record<string, string>;
  body: string;
  data: Record<string, unknown>;
}

export type Answer = (request: Received, count: number) => Response | Promise<Response>;

export interface Receiver {
  url: string;
  /** What came to a path, in order. */
  at(path: string): Received[];
  /** Waits until so many came to a path. */
  wait(path: string, count: number, ms?: number): Promise<Received[]>;
  /** How a path answers from now on; 200 unless told. */
  answer(path: string, answer: Answer): void;
  stop(): Promise<void>;
}

export function startReceiver(): Receiver {
  const came = new Map<string, Received[]>();
  const answers = new Map<string, Answer>();
  const stopping = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {}, signal: stopping.signal },
    async (request) => {
      const { pathname } = new URL(request.url);
      const body = await request.text();
      const parsed = JSON.parse(body);
      const received: Received = {
        path: pathname,
        at: performance.now(),
        eventId: request.headers.get("x-idempotency-key") ?? "",
        eventType: parsed.event_type,
        headers: Object.fromEntries(request.headers),
        body,
        data: parsed.data,
      };
      const list = came.get(pathname) ?? [];
      came.set(pathname, [...list, received]);
      return await answers.get(pathname)?.(received, list.length + 1) ?? new Response("thanks");
    },
  );
  const at = (path: string) => came.get(path) ?? [];
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    at,
    answer: (path, answer) => void answers.set(path, answer),
    async wait(path, count, ms = 10_000) {
      for (const end = performance.now() + ms; at(path).length < count;) {
        if (performance.now() > end) throw new Error(`${at(path).length} of ${count} came to ${path} in ${ms} ms`);
        await new Promise((done) => setTimeout(done, 5));
      }
      return at(path);
    },
    async stop() {
      stopping.abort();
      await server.finished;
    },
  };
}

/** Whether both forms of signature are those of the secret. */
export function isSignedBy(secret: string, { headers, body }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
