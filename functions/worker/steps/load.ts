import { toUtf8 } from "../../_shared/ingest/transcode.ts";
import { ObjectChanged, readRange, signDownload, StorageUnavailable } from "../../_shared/storage.ts";
import { type Step, uploadPath } from "../job.ts";
import { withCopyConnection, workerDatabase } from "../worker_database.ts";
import { ByteBuffer } from "./byte_buffer.ts";
import { PieceLoader } from "./piece_loader.ts";

/** What one step reads at most, so that it stays far below an edge function's CPU, memory and time. */
const stepBytes = 64 * 1024 * 1024;
const stepMs = 45_000;

/** How much is gathered before it is stored: one transaction. */
const pieceBytes = 8 * 1024 * 1024;

/** The longest record; what is longer is reported and left out. */
const longestRecord = 24 * 1024 * 1024;

/** Copies the next stretch of the file into the job's table and says whether to go on or to plan the merge. */
export async function load({ job, message_id }: Step): Promise<void> {
  const sql = workerDatabase();
  const [state] = await sql<{ intact: boolean }[]>`select app.is_staging_intact(${job.id}) as intact`;
  if (!state!.intact) {
    await sql`select app.restart_load(${job.id}, 'load', ${message_id}::bigint)`;
    return;
  }
  const { offset } = job.checkpoint;
  const size = job.totals.bytes;
  const until = Math.min(offset + stepBytes, size);
  if (offset < size) {
    await withCopyConnection((client) => loadRange(new PieceLoader(client, job), uploadPath(job), until, size));
  }
  await sql`select app.finish_load(${job.id}, ${message_id}::bigint)`;
}

async function loadRange(loader: PieceLoader, path: string, until: number, size: number): Promise<void> {
  const deadline = performance.now() + stepMs;
  const url = await signDownload(path, 600);
  const begin = loader.offset;
  const { body, etag, size: sizeNow } = await readRange(url, begin, until, loader.etag);
  loader.etag = etag;
  if (sizeNow !== size) {
    await body.cancel();
    throw new ObjectChanged("the object has another size than before");
  }
  const buffer = new ByteBuffer(pieceBytes * 1.5);
  let arrived = begin;
  let due = pieceBytes;
  for await (const chunk of chunks(readAhead(body))) {
    buffer.append(chunk);
    arrived += chunk.length;
    if (arrived < until && buffer.length >= due) {
      // A record that is not whole yet is looked at again when half as much has come: not at every chunk.
      const stored = await store(loader, buffer, false);
      due = stored > 0 ? pieceBytes : buffer.length * 1.5;
    }
    if (performance.now() > deadline) return;
  }
  if (arrived !== until) throw new StorageUnavailable("the download broke off");
  await store(loader, buffer, arrived === size);
  // A record longer than a step's stretch: read on until it ends.
  if (loader.offset === begin && until < size) await loadRange(loader, path, Math.min(until + stepBytes, size), size);
}

/** Goes on reading while a piece is stored, up to the size of the next. */
function readAhead(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({}, {}, new ByteLengthQueuingStrategy({ highWaterMark: pieceBytes })),
  );
}

async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (cause) {
    throw new StorageUnavailable("the download broke off", { cause });
  }
}

async function store(loader: PieceLoader, buffer: ByteBuffer, atEnd: boolean): Promise<number> {
  const piece = toUtf8(buffer.bytes, loader.dialect.encoding, atEnd);
  const isTooLong = buffer.length > longestRecord;
  const stored = await loader.store(piece, atEnd, isTooLong);
  buffer.discard(stored);
  return stored;
}
