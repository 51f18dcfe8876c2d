/** One function over its processes: started when needed, replaced when its code changes, restarted after a crash. */
import type { FunctionConfig } from "./config.ts";
import { FunctionProcess } from "./process.ts";
import type { Runtime } from "./runtime.ts";

/** A function that failed to load is not tried again sooner than this, unless a file changes. */
const retryAfterMs = 2000;
/** How long a replaced process may go on with what it has begun; a long poll takes 25 s. */
const reloadGraceMs = 30_000;

/** A process, and whether it loads; it stays in place when it does not, so as not to be tried again at once. */
type Attempt = { process: FunctionProcess; loaded: Promise<boolean>; failedAt?: number };

export class LocalFunction {
  #current: Attempt | null = null;
  /** A process that loads in order to take the place of the current one. */
  #next: Attempt | null = null;
  #reloads = 0;
  /** Every process that has not ended, replaced ones too. */
  readonly #alive = new Set<FunctionProcess>();
  #stopped = false;

  constructor(readonly config: FunctionConfig, readonly runtime: Runtime) {}

  /** Answers with the function's own response, or as the platform does where there is none. */
  async fetch(request: Request, url: URL): Promise<Response> {
    for (const isLastTry of [false, true]) {
      const { process, loaded } = this.load();
      if (!(await loaded)) return platformError(503, "BOOT_ERROR", "Function failed to start (please check logs)");
      try {
        return await process.fetch(request, url);
      } catch (error) {
        if (request.signal.aborted) return new Response(null, { status: 499 });
        // The process may have died just before: a request that has no body can be made again.
        if (!isLastTry && request.body === null && await hasJustEnded(process)) continue;
        this.#say(`could not answer ${request.method}: ${error instanceof Error ? error.message : error}`);
        break;
      }
    }
    return platformError(500, "WORKER_ERROR", "Function exited due to an error (please check logs)");
  }

  /** The process to ask; starts one where there is none. */
  load(): Attempt {
    if (this.#current && isOver(this.#current)) this.#current = null;
    return this.#current ??= this.#start();
  }

  /** Puts a fresh process in the place of the running one, which finishes what it has begun. */
  async reload(): Promise<void> {
    const turn = ++this.#reloads;
    const next = this.#start();
    const overtaken = this.#next;
    this.#next = next;
    overtaken?.process.kill();
    const loaded = await next.loaded;
    if (turn !== this.#reloads) return;
    this.#next = null;
    const before = this.#current;
    this.#current = next;
    if (loaded) this.#say("reloaded");
    await before?.process.stop(reloadGraceMs);
  }

  /** Ends the function; open requests have `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    this.#reloads++;
    await Promise.all([...this.#alive].map((process) => process.stop(graceMs)));
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopped = true;
    for (const process of this.#alive) process.kill();
  }

  #start(): Attempt {
    const process = new FunctionProcess(this.runtime, this.config);
    this.#alive.add(process);
    const loaded = process.ready.then(() => true, (error) => {
      attempt.failedAt = performance.now();
      const isWanted = !this.#stopped && (this.#current === attempt || this.#next === attempt);
      if (isWanted) this.#say(`failed to load: ${error instanceof Error ? error.message : error}`);
      return false;
    });
    const attempt: Attempt = { process, loaded };
    process.ended.then(async ({ code, signal }) => {
      this.#alive.delete(process);
      const isMissed = await loaded && !this.#stopped && this.#current === attempt;
      if (isMissed) this.#say(`ended with ${signal ?? `code ${code}`}; the next request starts it again`);
    });
    return attempt;
  }

  #say(line: string): void {
    this.runtime.log("functions", `${this.config.name} ${line}`);
  }
}

/** Whether it is time for another process. */
function isOver({ process, failedAt }: Attempt): boolean {
  return process.hasEnded && (failedAt === undefined || performance.now() - failedAt > retryAfterMs);
}

async function hasJustEnded(process: FunctionProcess): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([process.ended, new Promise((done) => timer = setTimeout(done, 200))]);
  clearTimeout(timer);
  return process.hasEnded;
}

function platformError(status: number, code: string, message: string): Response {
  const headers = { "x-served-by": "supabase-edge-runtime", ...(status === 503 ? { "retry-after": "2" } : {}) };
  return Response.json({ code, message }, { status, headers });
}
