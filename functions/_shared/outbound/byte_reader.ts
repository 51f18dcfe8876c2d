const latin1 = new TextDecoder("latin1");
/** What connections are read into, lent for the time of a read: one of its own for each request is much to clear away. */
const chunks: Uint8Array[] = [];
const mostChunks = 64;

/** Reads lines and stretches of bytes from a connection. */
export class ByteReader {
  #buffer: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** Bytes that have come in all. */
  received = 0;

  constructor(readonly source: { read(into: Uint8Array): Promise<number | null> }) {}

  /** A line without its end; throws when there is none within `most` bytes. */
  async line(most: number): Promise<string> {
    for (let from = 0;;) {
      const at = this.#buffer.indexOf(10, from);
      if (at > most || (at < 0 && this.#buffer.length > most)) throw new Error("the line is too long");
      if (at >= 0) {
        const text = latin1.decode(this.#take(at + 1));
        return text.replace(/\r?\n$/, "");
      }
      from = this.#buffer.length;
      if (!(await this.#fill())) throw new Error("the connection ended early");
    }
  }

  /** Up to `most` bytes; empty at the end. */
  async some(most: number): Promise<Uint8Array> {
    if (this.#buffer.length === 0 && !(await this.#fill())) return new Uint8Array(0);
    return this.#take(Math.min(most, this.#buffer.length));
  }

  #take(length: number): Uint8Array {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  async #fill(): Promise<boolean> {
    const chunk = chunks.pop() ?? new Uint8Array(4096);
    const count = await this.source.read(chunk);
    if (!count) return false;
    this.received += count;
    const joined = new Uint8Array(this.#buffer.length + count);
    joined.set(this.#buffer);
    joined.set(chunk.subarray(0, count), this.#buffer.length);
    this.#buffer = joined;
    if (chunks.length < mostChunks) chunks.push(chunk);
    return true;
  }
}
