import { background } from "../background.ts";
import { bucketOf, latencyBoundsMs } from "./latency_bounds.ts";

/** One answered request. */
export interface RequestSample {
  service: string;
  /** The route's template, never the path as sent. */
  route: string;
  method: string;
  status: number;
  ms: number;
}

/** What was counted of one kind of request in one minute, as `app.record_request_metrics` takes it. */
export interface RequestCount {
  minute: string;
  service: string;
  route: string;
  method: string;
  status: number;
  count: number;
  sum_ms: number;
  buckets: number[];
}

export interface RequestMetricsOptions {
  /** Stores a batch; may fail. */
  write: (counts: RequestCount[]) => Promise<void>;
  /** Told of the first failure in a row. */
  report?: (error: unknown) => void;
  keepAlive?: (work: Promise<unknown>) => void;
  /** How long counts are gathered before they are written. */
  waitMs?: number;
  /** As many kinds are written sooner. */
  batch?: number;
  /** Kinds kept while they cannot be written; further ones are not counted. */
  most?: number;
  now?: () => number;
}

/** Counts of requests: gathered in memory and added to the database in batches, so that no request waits for them. */
export interface RequestMetrics {
  record(sample: RequestSample): void;
  /** Writes what is there; resolves when it is written or has failed. */
  flush(): Promise<void>;
  /** The isolate ends: writes what is there, and from now on without delay. */
  close(): Promise<void>;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Counts requests by minute, service, route, method and status. A batch whose write fails is kept and written with the
 * next; one that was written although the answer got lost is counted twice.
 */
export function createRequestMetrics(options: RequestMetricsOptions): RequestMetrics {
  const { write, report, keepAlive = background, batch = 200, most = 2000, now = Date.now } = options;
  let { waitMs = 5000 } = options;
  let counts = new Map<string, RequestCount>();
  let wake: (() => void) | undefined;
  let flushing: Promise<void> | undefined;
  let failing = false;

  function record({ service, route, method: given, status, ms }: RequestSample): void {
    const method = methods.has(given) ? given : "OTHER";
    const minute = Math.floor(now() / 60_000);
    const key = `${minute} ${service} ${method} ${status} ${route}`;
    let count = counts.get(key);
    if (!count) {
      if (counts.size >= most) return;
      const buckets = new Array<number>(latencyBoundsMs.length + 1).fill(0);
      const start = new Date(minute * 60_000).toISOString();
      counts.set(key, count = { minute: start, service, route, method, status, count: 0, sum_ms: 0, buckets });
    }
    count.count++;
    count.sum_ms += ms;
    count.buckets[bucketOf(ms)]!++;
    if (!wake) schedule();
    if (counts.size >= batch && !failing) wake?.();
  }

  /** Promises to write a little later; a full batch, a flush or the end of the isolate makes it sooner. */
  function schedule(): void {
    keepAlive(
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }).then(() => {
        wake = undefined;
        return flush();
      }),
    );
  }

  async function writeAll(): Promise<void> {
    const taken = counts;
    if (taken.size === 0) return;
    counts = new Map();
    try {
      await write([...taken.values()]);
      failing = false;
    } catch (error) {
      if (!failing) report?.(error);
      failing = true;
      takeBack(taken);
    }
  }

  function takeBack(taken: Map<string, RequestCount>): void {
    for (const [key, count] of counts) {
      const older = taken.get(key);
      if (older) add(older, count);
      else if (taken.size < most) taken.set(key, count);
    }
    counts = taken;
  }

  async function flush(): Promise<void> {
    wake?.();
    // What is being written was taken before this call; what came since needs a write of its own.
    await flushing;
    await (flushing ??= writeAll().finally(() => flushing = undefined));
  }

  return {
    record,
    flush,
    close() {
      waitMs = 0;
      return flush();
    },
  };
}

function add(to: RequestCount, more: RequestCount): void {
  to.count += more.count;
  to.sum_ms += more.sum_ms;
  more.buckets.forEach((n, at) => to.buckets[at]! += n);
}
