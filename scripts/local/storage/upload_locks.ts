/** One writer per upload: a newcomer asks the holder to let go and waits. tus's own memory locker spins meanwhile. */
import { ERRORS, type Lock, type Locker } from "@tus/server";

const waitMs = 30_000;

type Holder = { requestRelease: () => Promise<void> | void; released: Promise<void>; release: () => void };

export class UploadLocks implements Locker {
  readonly #holders = new Map<string, Holder>();

  newLock(id: string): Lock {
    return {
      lock: (signal, requestRelease) => this.#acquire(id, signal, requestRelease),
      unlock: () => Promise.resolve(this.#release(id)),
    };
  }

  async #acquire(id: string, signal: AbortSignal, requestRelease: Holder["requestRelease"]): Promise<void> {
    const deadline = Date.now() + waitMs;
    for (let holder = this.#holders.get(id); holder; holder = this.#holders.get(id)) {
      await holder.requestRelease();
      await Promise.race([holder.released, delay(deadline - Date.now(), signal)]);
      if (signal.aborted || Date.now() >= deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
    }
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    this.#holders.set(id, { requestRelease, released, release });
  }

  #release(id: string): void {
    this.#holders.get(id)?.release();
    this.#holders.delete(id);
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(ms, 0));
    Deno.unrefTimer(timer);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
