import { setImmediate } from "node:timers/promises";
import type { Sql } from "../../_shared/database.ts";
import { createLogger } from "../../_shared/logger.ts";
import { sqlState } from "../sql_state.ts";
import { type AttemptResult, deliver, type Delivery, type Endpoint } from "./deliver.ts";
import { SecretCache } from "./secret_cache.ts";

/** A row of what a round trip brings: a delivery, or nothing but the number of events that were dispatched. */
type Claimed = { dispatched: number } & (Delivery | { id: null });

export interface PumpOptions {
  sql: () => Sql;
  /** Requests under way at once in this process. */
  concurrency: number;
  /** How long to wait between two looks at an idle queue, at most. */
  pollMs?: number;
  send?: typeof deliver;
}

/** Deliveries that are made of events in one go: few, since the next event of an ordered endpoint waits behind them. */
const dispatchBatch = 128;
/** Of those, how many are made before the first is sent. */
const firstDispatchBatch = 32;
/** The first wait of an idle queue; each that follows is twice as long. */
const firstPollMs = 5;
/** Results that are worth a round trip by themselves, and how many go in one at most. */
const goodBatch = 32;
const mostBatch = 200;
const gatherMs = 5;

/**
 * Keeps deliveries flowing: claims as many as there is room for, sends them side by side, records what came of them in
 * batches. A request that hangs holds its own place and nobody else's. What is claimed but not recorded when the
 * process dies is claimed again after its lease, so an event may come twice and never not at all.
 */
export class Pump {
  readonly #options: Required<PumpOptions>;
  readonly #underWay = new Set<Promise<void>>();
  /** Claimed, and about to be sent. */
  #unsent = 0;
  #results: AttemptResult[] = [];
  #writing: Promise<void> = Promise.resolve();
  #dispatching: Promise<void> | undefined;
  #runs = 0;
  #wake: () => void = () => {};
  readonly #secrets = new SecretCache();
  readonly #logger = createLogger("worker");

  constructor(options: PumpOptions) {
    this.#options = { pollMs: 25, send: deliver, ...options };
  }

  /**
   * Works until nothing is due and `seconds` are over, or `signal` asks to stop; returns how many deliveries it claimed.
   * Requests still under way then go on; `settled()` waits for them.
   */
  async run(seconds: number, signal: AbortSignal): Promise<number> {
    this.#runs++;
    try {
      return await this.#run(performance.now() + seconds * 1000, seconds > 0, signal);
    } finally {
      this.#runs--;
    }
  }

  async #run(end: number, isPatient: boolean, signal: AbortSignal): Promise<number> {
    let count = 0;
    let pollMs = firstPollMs;
    let next: Promise<Delivery[]> | undefined;
    while (true) {
      if (signal.aborted && !next) {
        await this.#record();
        return count;
      }
      const claimed = await (next ?? this.#recordAndClaim());
      next = this.#results.length >= goodBatch && !signal.aborted ? this.#recordAndClaim() : undefined;
      if (next) {
        // It leaves before these are sent, so that the database and this process work at the same time.
        next.catch(() => {});
        await setImmediate();
      }
      await this.#start(claimed).catch(async (error) => {
        // What was claimed meanwhile is sent all the same.
        await next?.then((more) => this.#start(more)).catch(() => {});
        throw error;
      });
      count += claimed.length;
      if (next) continue;
      if (claimed.length > 0) {
        pollMs = firstPollMs;
        await this.#gather();
        continue;
      }
      if (performance.now() >= end && (isPatient || !(await this.#moves()))) return count;
      await this.#pause(signal, pollMs);
      pollMs = Math.min(2 * pollMs, this.#options.pollMs);
      await this.#gather();
    }
  }

  /** Whether requests are under way, or not recorded yet. */
  get isBusy(): boolean {
    return this.#underWay.size > 0 || this.#results.length > 0 || this.#dispatching !== undefined;
  }

  /** Resolves when nothing is under way and everything is recorded. */
  async settled(): Promise<void> {
    while (this.isBusy) {
      await Promise.all([...this.#underWay, this.#dispatching]);
      await this.#record();
    }
  }

  /** Writes down what has come in and claims as much as there is room for, in one round trip and one transaction. */
  async #recordAndClaim(): Promise<Delivery[]> {
    let claimed: Delivery[] = [];
    await this.#take(async (batch) => {
      // What is back keeps its place until it is written down, else what is sent would come and go in one swarm.
      const room = this.#options.concurrency - this.#underWay.size - this.#unsent - this.#results.length;
      if (room <= 0) {
        if (batch.length > 0) await this.#write(batch);
        return;
      }
      const rows = await this.#options.sql()<Claimed[]>`
        select d.dispatched, c.*
        from (
          select
            app.record_webhook_attempts(${JSON.stringify(batch)}::text::json),
            app.dispatch_events(${this.#dispatching ? 0 : firstDispatchBatch}) as dispatched
        ) as d
        left join lateral app.claim_webhook_deliveries(${room}) as c on true`;
      if (rows[0]!.dispatched > 0) this.#dispatching ??= this.#dispatchRest();
      claimed = rows.filter((row) => row.id !== null);
      this.#unsent += claimed.length;
    });
    return claimed;
  }

  /** Makes deliveries of whatever else waits in the outbox, beside the sending: what is due need not wait for it. */
  async #dispatchRest(): Promise<void> {
    try {
      for (let count = 1; count > 0 && this.#runs > 0;) {
        const [row] = await this.#options.sql()<
          { count: number }[]
        >`select app.dispatch_events(${dispatchBatch}) as count`;
        count = row!.count;
        this.#wake();
      }
    } catch {
      // The next claim tries the same, and tells what is wrong.
    } finally {
      this.#dispatching = undefined;
      this.#wake();
    }
  }

  async #start(claimed: readonly Delivery[]): Promise<void> {
    try {
      const known = await this.#secrets.secretsOf(this.#options.sql(), claimed);
      for (const delivery of claimed) {
        const secrets = known.get(delivery.secrets_key);
        if (secrets) this.#begin(delivery, { url: delivery.url, secrets }, delivery.timeout_seconds * 1000);
      }
    } finally {
      this.#unsent -= claimed.length;
    }
  }

  #begin(delivery: Delivery, endpoint: Endpoint, timeoutMs: number): void {
    const task = this.#options.send(delivery, endpoint, timeoutMs).then((result) => {
      this.#results.push(result);
      this.#underWay.delete(task);
      this.#wake();
    });
    this.#underWay.add(task);
  }

  /** Waits for a result or for the next look, whichever is sooner. */
  async #pause(signal: AbortSignal, pollMs: number): Promise<void> {
    if (this.#results.length > 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, pollMs);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
      this.#wake = done;
      signal.addEventListener("abort", done, { once: true });
    });
    this.#wake = () => {};
  }

  /** Whether something may become due or ends; false when nothing is under way, or requests that all only hang. */
  async #moves(): Promise<boolean> {
    if (this.#dispatching || this.#underWay.size === 0) return this.#dispatching !== undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), 2000));
    const ended = await Promise.race([...[...this.#underWay].map((task) => task.then(() => true)), patience]);
    clearTimeout(timer);
    return ended;
  }

  /**
   * Results come in swarms: writing down each by itself would cost more than sending. Once half of what was sent is back
   * there is no more waiting, so that one half is written down while the other is sent; of a few, all are waited for.
   */
  async #gather(): Promise<void> {
    const isEnough = () => {
      const [left, back] = [this.#underWay.size, this.#results.length];
      return left === 0 || (left <= back && back >= goodBatch);
    };
    if (isEnough()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs);
      this.#wake = () => {
        if (!isEnough()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }

  /** Writes down what has come in. */
  async #record(): Promise<void> {
    if (this.#results.length > 0) await this.#take((batch) => this.#write(batch));
  }

  /** Gives a batch of results to `write`, one at a time; what it could not write is written the next time. */
  #take(write: (batch: AttemptResult[]) => Promise<void>): Promise<void> {
    return this.#writing = this.#writing.catch(() => {}).then(async () => {
      // Half of what may be under way: while it is written down, the other half is sent.
      const half = Math.ceil(this.#options.concurrency / 2);
      const batch = this.#results.splice(0, Math.min(mostBatch, Math.max(goodBatch, half)));
      try {
        await write(batch);
      } catch (error) {
        if (!isAboutData(error) || batch.length === 0) {
          this.#results.unshift(...batch);
          throw error;
        }
        for (const result of batch) {
          // One that cannot be written is sent again when its lease ends; the others are not held up by it.
          await this.#write([result]).catch((reason) => this.#logger.error(result.id, reason));
        }
      }
    });
  }

  async #write(results: AttemptResult[]): Promise<void> {
    await this.#options.sql()`select app.record_webhook_attempts(${JSON.stringify(results)}::text::json)`;
  }
}

/** Whether the same statement would fail again. */
function isAboutData(error: unknown): boolean {
  return /^(22|23|42|P0)/.test(sqlState(error) ?? "");
}
