import { background } from "../../_shared/background.ts";

/** One thing that happened; `at` in milliseconds since 1970. */
export interface AnalyticsEvent {
  name: string;
  properties: Record<string, unknown>;
  at: number;
}

export interface TelemetryOptions {
  /** Stores a batch; may fail. */
  write: (events: AnalyticsEvent[]) => Promise<void>;
  /** Keeps the isolate alive until the promise has settled, though its answer is sent. */
  keepAlive?: (work: Promise<unknown>) => void;
  /** How long events are gathered before they are written. */
  waitMs?: number;
  batch?: number;
  /** Events kept while they cannot be written; the oldest go first. */
  most?: number;
  now?: () => number;
}

/** Events for dashboards: gathered in memory and written in batches, so that no answer waits for them. */
export interface Telemetry {
  record(name: string, properties: Record<string, unknown>): void;
  /** Writes what is there; resolves when it is written or has failed. */
  flush(): Promise<void>;
  state(): { waiting: number; dropped: number };
}

export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { write, keepAlive = background, waitMs = 2000, batch = 500, most = 5000, now = Date.now } = options;
  const isolate = crypto.randomUUID();
  let waiting: AnalyticsEvent[] = [];
  let dropped = 0;
  let wake: (() => void) | undefined;
  let flushing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting.slice(0, batch);
      waiting = waiting.slice(batch);
      try {
        await write(events);
      } catch {
        waiting = [...events, ...waiting];
        return;
      }
    }
  }

  function flush(): Promise<void> {
    wake?.();
    return flushing ??= writeAll().finally(() => flushing = undefined);
  }

  /** Promises to write a little later; a full batch, a flush or the end of the isolate makes it sooner. */
  function schedule(): void {
    if (wake) return;
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

  return {
    record(name, properties) {
      waiting.push({ name, properties: { ...properties, isolate }, at: now() });
      if (waiting.length > most) {
        waiting.shift();
        dropped++;
      }
      schedule();
      if (waiting.length >= batch && !flushing) wake?.();
    },
    flush,
    state: () => ({ waiting: waiting.length, dropped }),
  };
}
