/** tus's file store, kept until the upload's file has moved to the objects. */
import { join } from "node:path";
import type { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { ERRORS, type Upload } from "@tus/server";
import { fileSize, type ObjectFiles } from "./files.ts";
import { revive, type UploadRecord, type UploadRecords } from "./upload_records.ts";

const dayMs = 24 * 60 * 60 * 1000;

export class UploadStore extends FileStore {
  constructor(directory: string, readonly records: UploadRecords, readonly files: ObjectFiles) {
    Deno.mkdirSync(directory, { recursive: true, mode: 0o700 });
    super({ directory, configstore: records, expirationPeriodInMilliseconds: dayMs });
  }

  path(id: string): string {
    return join(this.directory, id);
  }

  /** True when every byte has arrived, whether or not the row is written yet. */
  async isWhole(id: string, record: UploadRecord): Promise<boolean> {
    return await this.files.size(id) !== null || await fileSize(this.path(id)) === record.upload.size;
  }

  /** A finished upload still answers: a client that lost the last response asks for the offset. */
  override async getUpload(id: string): Promise<Upload> {
    const record = await this.records.read(id);
    if (!record) throw ERRORS.FILE_NOT_FOUND;
    if (await this.files.size(id) === null) return await super.getUpload(id);
    return revive(record.upload, record.upload.size);
  }

  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    return await this.files.size(id) !== null ? offset : await super.write(readable, id, offset);
  }

  /** Forgets an upload; the file goes as well unless it has become an object. */
  override async remove(id: string): Promise<void> {
    const record = await this.records.read(id);
    if (!record) throw ERRORS.FILE_NOT_FOUND;
    await Deno.remove(this.path(id)).catch(() => {});
    if (!record.finished) await this.files.remove(id);
    await this.records.delete(id);
  }
}

// The folder exists already; the original's mkdir fails on Deno 2.1.4 and would throw outside any promise.
Object.defineProperty(UploadStore.prototype, "checkOrCreateDirectory", { value: () => {} });
