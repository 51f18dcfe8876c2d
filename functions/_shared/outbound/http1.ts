import { ByteReader } from "./byte_reader.ts";

const lineLimit = 8192;
const headLimit = 65_536;
/** What a header may be called and hold (RFC 9110, sections 5.1 and 5.5). */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const encoder = new TextEncoder();

export interface Http1Response {
  status: number;
  headers: Headers;
  body: Uint8Array;
  /** The body was longer than asked for, or did not come to its end. */
  truncated: boolean;
  /** Another request may follow on the connection. */
  reusable: boolean;
}

/** The bytes of a request with a body of known length. Throws for headers that could not be sent. */
export function writeRequest(
  method: string,
  target: string,
  headers: Record<string, string>,
  body: Uint8Array,
): Uint8Array {
  let text = `${method} ${target} HTTP/1.1\r\n`;
  for (const name in headers) {
    const value = headers[name]!.trim();
    if (!fieldName.test(name) || !fieldValue.test(value)) throw new TypeError(`the header ${name} cannot be sent`);
    text += `${name}: ${value}\r\n`;
  }
  const head = encoder.encode(`${text}\r\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/**
 * Reads one response; of its body at most `most` bytes. A body that breaks off after a good head is kept as far as it
 * came: the status is the answer.
 */
export async function readResponse(reader: ByteReader, method: string, most: number): Promise<Http1Response> {
  let status: number;
  let headers: Headers;
  let version: string;
  do {
    const match = /^HTTP\/(1\.[01]) (\d{3})(?: |$)/.exec(await reader.line(lineLimit));
    if (!match) throw new Error("the answer is not HTTP/1.1");
    version = match[1]!;
    status = Number(match[2]);
    headers = await readHeaders(reader);
  } while (status >= 100 && status < 200);
  const kept = new KeptBody(most);
  let whole = false;
  try {
    whole = await readBody(reader, method, status, headers, kept);
  } catch {
    // What came so far stands.
  }
  const isFramed = headers.has("content-length") || /chunked/i.test(headers.get("transfer-encoding") ?? "") ||
    hasNoBody(method, status);
  const staysOpen = version === "1.1" && !/\bclose\b/i.test(headers.get("connection") ?? "");
  return { status, headers, body: kept.bytes(), truncated: !whole, reusable: whole && isFramed && staysOpen };
}

async function readHeaders(reader: ByteReader): Promise<Headers> {
  const headers = new Headers();
  for (let size = 0; size < headLimit;) {
    const line = await reader.line(lineLimit);
    if (line === "") return headers;
    size += line.length;
    const colon = line.indexOf(":");
    try {
      headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
    } catch {
      // A header we could not send on is of no use here either.
    }
  }
  throw new Error("the headers are too long");
}

/** Whether the body was read to its end. */
async function readBody(
  reader: ByteReader,
  method: string,
  status: number,
  headers: Headers,
  kept: KeptBody,
): Promise<boolean> {
  if (hasNoBody(method, status)) return true;
  if (/chunked/i.test(headers.get("transfer-encoding") ?? "")) return await readChunks(reader, kept);
  const length = headers.get("content-length");
  if (length === null) return await readUntilEnd(reader, kept);
  if (!/^\d{1,15}$/.test(length)) throw new Error("the length of the answer is not a number");
  return await readExactly(reader, Number(length), kept);
}

const hasNoBody = (method: string, status: number) => method === "HEAD" || status === 204 || status === 304;

async function readExactly(reader: ByteReader, length: number, kept: KeptBody): Promise<boolean> {
  for (let left = length; left > 0;) {
    if (kept.isFull) return false;
    const bytes = await reader.some(Math.min(left, kept.room));
    if (bytes.length === 0) return false;
    kept.add(bytes);
    left -= bytes.length;
  }
  return true;
}

async function readChunks(reader: ByteReader, kept: KeptBody): Promise<boolean> {
  while (true) {
    const size = /^([0-9a-f]{1,8})\s*(?:;|$)/i.exec(await reader.line(lineLimit))?.[1];
    if (size === undefined) throw new Error("a chunk has no length");
    if (Number.parseInt(size, 16) === 0) break;
    if (!(await readExactly(reader, Number.parseInt(size, 16), kept))) return false;
    await reader.line(lineLimit);
  }
  while (await reader.line(lineLimit) !== "");
  return true;
}

async function readUntilEnd(reader: ByteReader, kept: KeptBody): Promise<boolean> {
  while (!kept.isFull) {
    const bytes = await reader.some(kept.room);
    if (bytes.length === 0) return true;
    kept.add(bytes);
  }
  return false;
}

class KeptBody {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  constructor(readonly most: number) {}

  get room(): number {
    return this.most - this.#length;
  }

  get isFull(): boolean {
    return this.room <= 0;
  }

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
    this.#length += bytes.length;
  }

  bytes(): Uint8Array {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }
}
