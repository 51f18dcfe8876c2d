/** What is known of each resumable upload, one JSON file each, so that uploads outlive the process. */
import { join } from "node:path";
import type { Configstore } from "@tus/file-store";
import { Upload } from "@tus/server";
import type { Caller } from "../caller.ts";
import type { Target } from "./uploads.ts";

/** Who may write what, settled when the upload was created. */
export type Grant = { caller: Caller; target: Target };

export type UploadRecord = Grant & { upload: Upload; finished: boolean };

/** An upload as tus knows it, from its JSON; `offset` when more is known than the file says. */
export function revive(upload: Upload, offset = upload.offset): Upload {
  return new Upload({ ...upload, offset } as ConstructorParameters<typeof Upload>[0]);
}

export class UploadRecords implements Configstore {
  readonly #folder: string;
  readonly #granted = new Map<string, Grant>();

  constructor(folder: string) {
    this.#folder = folder;
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Remembers the grant until tus writes the first record of the upload. */
  grant(id: string, grant: Grant): void {
    this.#granted.set(id, grant);
  }

  async read(id: string): Promise<UploadRecord | null> {
    const text = await Deno.readTextFile(this.#path(id)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
    if (text === null) return null;
    const record: UploadRecord = JSON.parse(text);
    return { ...record, upload: revive(record.upload) };
  }

  /** Replaces the record at once, so that a killed process leaves the old or the new one. */
  async write(id: string, record: UploadRecord): Promise<void> {
    const temporary = `${this.#path(id)}.new`;
    await Deno.writeTextFile(temporary, JSON.stringify(record), { mode: 0o600 });
    await Deno.rename(temporary, this.#path(id));
  }

  async get(id: string): Promise<Upload | undefined> {
    return (await this.read(id))?.upload;
  }

  async set(id: string, upload: Upload): Promise<void> {
    const grant = this.#granted.get(id) ?? await this.read(id);
    if (!grant) throw new Error(`upload ${id} was never granted`);
    await this.write(id, { caller: grant.caller, target: grant.target, upload, finished: false });
    this.#granted.delete(id);
  }

  async delete(id: string): Promise<void> {
    await Deno.remove(this.#path(id)).catch(() => {});
  }

  async list(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { name } of Deno.readDir(this.#folder)) {
      if (name.endsWith(".json")) ids.push(name.slice(0, -".json".length));
    }
    return ids;
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
