/** Our webhooks and general job queues, told to do the same: take events in, POST them, and know that it is done. */

/** Whom the events are for: each of the URLs gets every event. */
export interface Target {
  vendorId: string;
  urls: string[];
  secret: string;
}

/** One of the compared systems. `work` runs in processes of its own, the rest in that of the benchmark. */
export interface System {
  name: string;
  /** Makes what events need to flow to the target. */
  prepare(target: Target): Promise<void>;
  /** Puts so many events in; returns their ids. */
  enqueue(target: Target, events: number): Promise<string[]>;
  /** Whether something is still to be sent, or not recorded as sent. */
  isBusy(): Promise<boolean>;
  /** What a worker does until it is killed, with so many requests under way at most. */
  work(concurrency: number): Promise<void>;
  /** Lets go of what `prepare` opened. */
  close?(): Promise<void>;
}

/** What an event tells, as `job.completed` does. */
export const eventData = {
  mode: "products",
  status: "completed",
  totals: { bytes: 1_048_576, rows_read: 10_000, rows_valid: 9990, rows_failed: 10, inserted: 9000, updated: 990 },
};
