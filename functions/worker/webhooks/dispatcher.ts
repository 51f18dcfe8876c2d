import type { Sql } from "../../_shared/database.ts";

export interface DispatcherOptions {
  sql: () => Sql;
  /** Whether somebody still sends what is made. */
  isWanted: () => boolean;
  /** Told whenever deliveries were made, or no more are. */
  onMade: () => void;
}

/** Deliveries that are made of events in one go: few, since the next event of an ordered endpoint waits behind them. */
const batch = 128;
/** Of those, how many are made before the first is sent. */
const firstBatch = 32;
/** How often a worker that has something to record looks into the outbox at most. */
const lookMs = 10;
/** Events after which the queues are swept: claims and looks walk over what went since. */
const sweepEvery = 2500;

/**
 * Makes deliveries of events: a few within a round trip of the pump, the rest beside the sending, so that what is due
 * need not wait for it. Sweeps the queues, which autovacuum visits once a minute at most.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  #rest: Promise<void> | undefined;
  #nextLook = 0;
  #unswept = 0;
  #sweep: Promise<unknown> | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** While deliveries are being made beside the sending. */
  get running(): Promise<void> | undefined {
    return this.#rest;
  }

  /** How many deliveries a round trip that begins now is to make of events. */
  wanted(isBusy: boolean): number {
    return this.#rest || (isBusy && performance.now() < this.#nextLook) ? 0 : firstBatch;
  }

  /** What a round trip that made deliveries, or tried to, says: how many events it took. */
  looked(events: number): void {
    this.#nextLook = performance.now() + lookMs;
    this.#unswept += events;
    if (events > 0) this.#rest ??= this.#makeRest();
  }

  async #makeRest(): Promise<void> {
    try {
      for (let events = 1; events > 0 && this.#options.isWanted();) {
        const [row] = await this.#options.sql()<{ events: number }[]>`select app.dispatch_events(${batch}) as events`;
        events = row!.events;
        this.#unswept += events;
        if (this.#unswept >= sweepEvery) this.#sweep ??= this.#sweepQueues();
        this.#options.onMade();
      }
    } catch {
      // The next claim tries the same, and tells what is wrong.
    } finally {
      this.#rest = undefined;
      this.#options.onMade();
    }
  }

  /** No more often: whoever reads a table that was vacuumed plans its queries anew. */
  async #sweepQueues(): Promise<void> {
    this.#unswept = 0;
    try {
      await this.#options.sql()`
        vacuum (skip_locked, truncate false) app.outbox_queue, app.webhook_queue, app.webhook_leases`;
    } catch {
      // Nothing is lost; autovacuum comes.
    } finally {
      this.#sweep = undefined;
    }
  }
}
