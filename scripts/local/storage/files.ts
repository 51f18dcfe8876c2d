/** The bytes of the objects on disk, one file per version of an object, named by the version. */
import { dirname, join } from "node:path";
import { errors } from "./errors.ts";

const chunkBytes = 64 * 1024;

export class ObjectFiles {
  readonly #objects: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#objects = join(folder, "objects");
    this.#incoming = join(folder, "incoming");
    // What a killed process left half received belongs to nobody.
    try {
      Deno.removeSync(this.#incoming, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    for (const path of [this.#objects, this.#incoming]) Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  path(version: string): string {
    return join(this.#objects, version.slice(0, 2), version);
  }

  /** The size of a stored version, or null when there is none. */
  size(version: string): Promise<number | null> {
    return fileSize(this.path(version));
  }

  /** Writes a request's body to disk, refusing more than `limit` bytes; `keep` or a removal follows. */
  async receive(
    body: ReadableStream<Uint8Array> | null,
    limit: number | null,
  ): Promise<{ path: string; size: number }> {
    const path = join(this.#incoming, crypto.randomUUID());
    let size = 0;
    const file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    try {
      for await (const chunk of body ?? []) {
        size += chunk.byteLength;
        if (limit !== null && size > limit) throw errors.tooLarge();
        // Into the page cache: awaiting each small chunk makes a chunked body ten times slower on Deno 2.9.
        for (let written = 0; written < chunk.byteLength;) written += file.writeSync(chunk.subarray(written));
      }
    } catch (error) {
      await Deno.remove(path).catch(() => {});
      throw error;
    } finally {
      file.close();
    }
    return { path, size };
  }

  /** Moves a whole file to its place, durably; safe to repeat after a crash at any point. */
  async keep(from: string, version: string): Promise<void> {
    const to = this.path(version);
    if (await fileSize(from) === null && await fileSize(to) !== null) return;
    await Deno.mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await flush(from);
    await Deno.rename(from, to);
    await flush(dirname(to));
  }

  async copy(fromVersion: string, toVersion: string): Promise<void> {
    const copy = join(this.#incoming, toVersion);
    await Deno.copyFile(this.path(fromVersion), copy);
    await this.keep(copy, toVersion);
  }

  async remove(version: string): Promise<void> {
    await Deno.remove(this.path(version)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }

  /** `length` bytes from `start`, read as the reader asks for them. */
  async read(version: string, start: number, length: number): Promise<ReadableStream<Uint8Array>> {
    const file = await Deno.open(this.path(version), { read: true });
    await file.seek(start, Deno.SeekMode.Start);
    let left = length;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const buffer = new Uint8Array(Math.min(chunkBytes, left));
        const count = left > 0 ? await file.read(buffer) : null;
        if (count) controller.enqueue(buffer.subarray(0, count));
        left -= count ?? left;
        if (left > 0) return;
        file.close();
        controller.close();
      },
      cancel: () => file.close(),
    }, { highWaterMark: 0 });
  }
}

/** The size of a file, or null when it does not exist. */
export function fileSize(path: string): Promise<number | null> {
  return Deno.stat(path).then((info) => info.size, () => null);
}

async function flush(path: string): Promise<void> {
  const file = await Deno.open(path, { read: true });
  try {
    await file.sync();
  } finally {
    file.close();
  }
}
