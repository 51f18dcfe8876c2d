import { Buffer } from "node:buffer";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** Sends bytes to a COPY ... FROM STDIN and returns how many rows Postgres read. */
export function copyBytes(client: pg.Client, statement: string, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(statement));
    stream.on("error", reject);
    stream.on("finish", () => resolve(stream.rowCount));
    stream.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}
