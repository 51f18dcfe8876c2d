/**
 * Uploads under way, in `<data-dir>/uploads.json`: what the same command needs to go on with one after it was
 * interrupted. Only the owner may read the file, since an upload's headers open it.
 */
import { join, resolve } from "node:path";
import type { CreatedJob } from "./client.ts";

/** An upload that began; `url` is where its bytes go, once the server made it. */
export type UploadRecord = CreatedJob & { url?: string };

/** The file as it is now: another size or time of change makes another upload. */
export type UploadKey = { path: string; size: number; modified: number; mode: string; base: string; mapping: string };

/** The records of one data folder. */
export type UploadRecords = {
  find(key: UploadKey): Promise<UploadRecord | null>;
  put(key: UploadKey, record: UploadRecord): Promise<void>;
  remove(key: UploadKey): Promise<void>;
};

/** Opens (or will make) the records of `dataDir`. */
export function openUploadRecords(dataDir: string): UploadRecords {
  const file = join(dataDir, "uploads.json");

  async function load(): Promise<Record<string, UploadRecord>> {
    try {
      return JSON.parse(await Deno.readTextFile(file));
    } catch (error) {
      // A file that cannot be read costs a second upload, nothing else.
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return {};
      throw error;
    }
  }

  async function change(apply: (records: Record<string, UploadRecord>) => void): Promise<void> {
    const records = await load();
    apply(records);
    await Deno.mkdir(dataDir, { recursive: true });
    const draft = `${file}.${crypto.randomUUID()}`;
    await Deno.writeTextFile(draft, JSON.stringify(records, null, 2), { mode: 0o600 });
    await Deno.rename(draft, file);
  }

  return {
    find: async (key) => (await load())[keyText(key)] ?? null,
    put: (key, record) => change((records) => records[keyText(key)] = record),
    remove: (key) => change((records) => delete records[keyText(key)]),
  };
}

function keyText({ path, size, modified, mode, base, mapping }: UploadKey): string {
  return [resolve(path), size, modified, mode, base, mapping].join("|");
}
