import { setImmediate } from "node:timers/promises";
import type { Sql } from "../../_shared/database.ts";
import { createLogger } from "../../_shared/logger.ts";
import { sqlState } from "../sql_state.ts";
import { briskEndpoints } from "./brisk_endpoints.ts";
import { type AttemptResult, deliver, type Delivery } from "./deliver.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Line } from "./line.ts";
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

/** The first wait of an idle queue; each that follows is twice as long. */
const firstPollMs = 5;
/** Results that are worth a round trip by themselves, and how many go in one at most. */
const goodBatch = 32;
const mostBatch = 200;
const gatherMs = 5;
/** How long before its lease ends an attempt is over at the latest, so that it is recorded in time. */
const recordMs = 5000;

/**
 * Keeps deliveries flowing: claims as many as there is room for, sends them side by side, records what came of them in
 * batches. A request that hangs holds its own place and nobody else's. What is claimed but not recorded when the
 * process dies is claimed again after its lease, so an event may come twice and never not at all.
 */
export class Pump {
  readonly #options: Required<PumpOptions>;
  readonly #underWay = new Set<Promise<void>>();
  /** Claimed, and not in line yet. */
  #claimed = 0;
  readonly #line = new Line();
  #results: AttemptResult[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #dispatcher: Dispatcher;
  #runs = 0;
  #wake: () => void = () => {};
  readonly #secrets = new SecretCache();
  readonly #logger = createLogger("worker");

  constructor(options: PumpOptions) {
    this.#options = { pollMs: 25, send: deliver, ...options };
    this.#dispatcher = new Dispatcher({
      sql: options.sql,
      isWanted: () => this.#runs > 0,
      onMade: () => this.#wake(),
    });
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
    return this.#unfinished + this.#results.length > 0 || this.#dispatcher.running !== undefined;
  }

  /** Claimed, and no result yet. */
  get #unfinished(): number {
    return this.#claimed + this.#line.length + this.#underWay.size;
  }

  /** Resolves when nothing is under way and everything is recorded. */
  async settled(): Promise<void> {
    while (this.isBusy) {
      await Promise.all([...this.#underWay, this.#dispatcher.running]);
      await this.#record();
    }
  }

  /** Writes down what has come in and claims as much as there is room for, in one round trip and one transaction. */
  async #recordAndClaim(): Promise<Delivery[]> {
    let claimed: Delivery[] = [];
    await this.#take(async (batch) => {
      // What is back keeps its place until it is written down, else what is sent would come and go in one swarm. As many
      // as have just come back are claimed ahead: they leave when others end, without a round trip in between. What
      // waits in line for others of its endpoint, which may hang, takes no place.
      const { concurrency } = this.#options;
      const ahead = Math.min(batch.length, Math.max(concurrency, goodBatch));
      const taken = this.#claimed + this.#line.sendable + this.#underWay.size + this.#results.length;
      const room = concurrency + ahead - taken;
      if (room <= 0) {
        if (batch.length > 0) await this.#write(batch);
        return;
      }
      const sql = this.#options.sql();
      const wanted = this.#dispatcher.wanted(batch.length > 0);
      const rows = await sql<Claimed[]>`
        select d.dispatched, c.*
        from (
          select
            app.record_webhook_attempts(${JSON.stringify(batch)}::text::json),
            ${wanted > 0 ? sql`app.dispatch_events(${wanted})` : sql`0`} as dispatched
        ) as d
        left join lateral app.claim_webhook_deliveries(${room}, ${briskEndpoints(batch)}) as c on true`;
      claimed = rows.filter((row) => row.id !== null);
      if (wanted > 0) this.#dispatcher.looked(rows[0]!.dispatched);
      this.#claimed += claimed.length;
    });
    return claimed;
  }

  async #start(claimed: readonly Delivery[]): Promise<void> {
    const now = performance.now();
    try {
      const known = await this.#secrets.secretsOf(this.#options.sql(), claimed);
      for (const delivery of claimed) {
        const secrets = known.get(delivery.secrets_key);
        if (!secrets) continue;
        const sendBy = now + (delivery.lease_seconds - delivery.timeout_seconds) * 1000 - recordMs;
        this.#line.push({ delivery, endpoint: { url: delivery.url, secrets }, sendBy });
      }
    } finally {
      this.#claimed -= claimed.length;
    }
    this.#send();
  }

  /** Sends what is in line, as far as there is room. */
  #send(): void {
    while (this.#underWay.size < this.#options.concurrency) {
      const ready = this.#line.next(performance.now());
      if (!ready) return;
      const { delivery, endpoint } = ready;
      const task = this.#options.send(delivery, endpoint, delivery.timeout_seconds * 1000).then((result) => {
        this.#results.push(result);
        this.#underWay.delete(task);
        this.#line.ended(delivery);
        this.#send();
        this.#wake();
      });
      this.#underWay.add(task);
    }
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
    if (this.#dispatcher.running || this.#underWay.size === 0) return this.#dispatcher.running !== undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), 2000));
    const ended = await Promise.race([...[...this.#underWay].map((task) => task.then(() => true)), patience]);
    clearTimeout(timer);
    return ended;
  }

  /**
   * Results come in swarms: writing down each by itself would cost more than sending. Once two thirds of what was claimed
   * are back there is no more waiting, so that they are written down while the rest is sent; of a few, all are waited for.
   */
  async #gather(): Promise<void> {
    const isEnough = () => {
      const [left, back] = [this.#unfinished, this.#results.length];
      return left === 0 || (2 * left <= back && back >= goodBatch);
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
