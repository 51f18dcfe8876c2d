/** Bytes that arrive at one end and are taken away at the other, in one growing block of memory. */
export class ByteBuffer {
  #block: Uint8Array<ArrayBuffer>;
  #start = 0;
  #end = 0;

  constructor(capacity: number) {
    this.#block = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** What is held; valid until the next `append`. */
  get bytes(): Uint8Array {
    return this.#block.subarray(this.#start, this.#end);
  }

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#block.length) this.#makeRoom(chunk.length);
    this.#block.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  discard(count: number): void {
    this.#start += count;
  }

  #makeRoom(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.#block.length) {
      this.#block.copyWithin(0, this.#start, this.#end);
    } else {
      const larger = new Uint8Array(Math.max(needed, this.#block.length * 2));
      larger.set(this.bytes);
      this.#block = larger;
    }
    this.#end -= this.#start;
    this.#start = 0;
  }
}
