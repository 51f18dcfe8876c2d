/** A server on this machine that takes every request and notes when each event came first; `/hang` never answers. */
export interface CountingReceiver extends AsyncDisposable {
  url: string;
  readonly count: number;
  /** When an event came, waited for. */
  arrival(eventId: string): Promise<number>;
  /** Waits until so many requests have come in all. */
  reaches(count: number): Promise<void>;
}

export function startReceiver(): CountingReceiver {
  const arrived = new Map<string, number>();
  const hanging: ((response: Response) => void)[] = [];
  let count = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    await request.body?.cancel();
    if (new URL(request.url).pathname.startsWith("/hang")) return await new Promise((answer) => hanging.push(answer));
    const id = request.headers.get("x-idempotency-key") ?? "";
    if (!arrived.has(id)) arrived.set(id, performance.now());
    count++;
    return new Response();
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((done) => setTimeout(done, 2));
  };
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    get count() {
      return count;
    },
    async arrival(eventId) {
      await until(() => arrived.has(eventId));
      return arrived.get(eventId)!;
    },
    reaches: (goal) => until(() => count >= goal),
    async [Symbol.asyncDispose]() {
      for (const answer of hanging) answer(new Response());
      await server.shutdown();
    },
  };
}
