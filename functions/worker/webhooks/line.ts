import type { Delivery, Endpoint } from "./deliver.ts";

/** A delivery that can be sent. */
export interface Ready {
  delivery: Delivery;
  endpoint: Endpoint;
  /** When it is too late: its lease could end before it is recorded. In the time that `next` is given. */
  sendBy: number;
}

interface Lane {
  underWay: number;
  ready: Ready[];
}

/** Deliveries about to be sent. Endpoints take turns; none has more under way than it may. */
export class Line {
  readonly #lanes = new Map<string, Lane>();
  /** Those that have something to send and room for it, in turn. */
  readonly #open = new Set<Lane>();
  #length = 0;

  /** How many wait. */
  get length(): number {
    return this.#length;
  }

  /** How many of them need not wait for others of their endpoint. */
  get sendable(): number {
    let count = 0;
    for (const { ready, underWay } of this.#open) {
      count += Math.min(ready.length, ready[0]!.delivery.endpoint_concurrency - underWay);
    }
    return count;
  }

  push(ready: Ready): void {
    const { endpoint_id } = ready.delivery;
    let lane = this.#lanes.get(endpoint_id);
    if (!lane) this.#lanes.set(endpoint_id, lane = { underWay: 0, ready: [] });
    lane.ready.push(ready);
    this.#length++;
    this.#openIfItMay(lane);
  }

  /**
   * The next one to send, under way from now on until `ended` is told; none when all that wait have to. What is too late
   * is left out: another claim gets it when its lease has ended.
   */
  next(now: number): Ready | undefined {
    for (const lane of this.#open) {
      this.#open.delete(lane);
      const ready = this.#shift(lane, now);
      if (ready) lane.underWay++;
      this.#openIfItMay(lane);
      if (ready) return ready;
    }
    return undefined;
  }

  ended({ endpoint_id }: Delivery): void {
    const lane = this.#lanes.get(endpoint_id)!;
    lane.underWay--;
    this.#openIfItMay(lane);
    if (lane.underWay === 0 && lane.ready.length === 0) this.#lanes.delete(endpoint_id);
  }

  #shift(lane: Lane, now: number): Ready | undefined {
    while (lane.ready.length > 0) {
      const ready = lane.ready.shift()!;
      this.#length--;
      if (now <= ready.sendBy) return ready;
    }
    return undefined;
  }

  #openIfItMay(lane: Lane): void {
    const [head] = lane.ready;
    if (head && lane.underWay < head.delivery.endpoint_concurrency) this.#open.add(lane);
  }
}
