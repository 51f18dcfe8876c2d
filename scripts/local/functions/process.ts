/** One process of one function: started, asked, drained, ended. */
import { TextLineStream } from "deno-std/streams/text_line_stream.js";
import type { FunctionConfig } from "./config.ts";
import { clientAddress } from "../gateway.ts";
import { functionCommand, type Runtime } from "./runtime.ts";

/** How long a function may take from its start until it listens. */
const loadTimeoutMs = 30_000;

/** The process ended, or never listened. */
export class FunctionFailure extends Error {
  override name = "FunctionFailure";
}

export class FunctionProcess {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #client = Deno.createHttpClient({ allowHost: true, poolMaxIdlePerHost: 32, http2: false });
  readonly #unanswered = new Set<Promise<unknown>>();
  #port = 0;
  /** Resolves when it listens; rejects with a FunctionFailure when it never will. */
  readonly ready: Promise<void>;
  /** Settles when the process has ended. */
  readonly ended: Promise<Deno.CommandStatus>;
  hasEnded = false;

  constructor(runtime: Runtime, config: FunctionConfig) {
    const say = (line: string) => runtime.log(config.name, line);
    this.#child = functionCommand(runtime, config).spawn();
    this.#stdin = this.#child.stdin.getWriter();
    this.ended = this.#child.status.then((status) => {
      this.hasEnded = true;
      this.#client.close();
      this.#stdin.abort().catch(() => {});
      return status;
    });
    this.#relay(this.#child.stderr, say);
    this.ready = this.#listening(say).catch((error) => {
      this.kill();
      throw error;
    });
  }

  /** Hands the request over; bodies stream in both directions. */
  async fetch(request: Request, url: URL): Promise<Response> {
    const headers = new Headers(request.headers);
    // Compressed once, towards the client; `connection` and its like end at each hop.
    headers.set("accept-encoding", "identity");
    if (!headers.has("x-forwarded-for")) headers.set("x-forwarded-for", clientAddress);
    for (const name of ["connection", "keep-alive", "transfer-encoding", "upgrade", "te"]) headers.delete(name);
    const answer = fetch(`http://127.0.0.1:${this.#port}${url.pathname}${url.search}`, {
      method: request.method,
      headers,
      body: request.body,
      redirect: "manual",
      client: this.#client,
      signal: request.signal,
    });
    const settled = answer.catch(() => {}).finally(() => this.#unanswered.delete(settled));
    this.#unanswered.add(settled);
    return await answer;
  }

  /** Lets open requests and background work finish, at most `graceMs`, then ends the process. */
  async stop(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.kill(), graceMs);
    await Promise.all(this.#unanswered);
    await this.#stdin.write(new TextEncoder().encode("drain\n")).catch(() => {});
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends the process at once. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  }

  #listening(say: (line: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new FunctionFailure("did not call Deno.serve in 30 s")), loadTimeoutMs);
      this.#relay(this.#child.stdout, (line) => {
        const port = this.#port === 0 && /^listening (\d+)$/.exec(line)?.[1];
        if (!port) return say(line);
        clearTimeout(timer);
        this.#port = Number(port);
        resolve();
      });
      this.ended.then(({ code, signal }) => {
        clearTimeout(timer);
        reject(new FunctionFailure(`ended with ${signal ?? `code ${code}`} before it listened`));
      });
    });
  }

  async #relay(stream: ReadableStream<Uint8Array>, say: (line: string) => void): Promise<void> {
    const lines = stream.pipeThrough(new TextDecoderStream()).pipeThrough<string>(new TextLineStream());
    for await (const line of lines) if (line) say(line);
  }
}
