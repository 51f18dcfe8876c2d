import { type HttpProblem, problem } from "./problems.ts";

export const defaultBodyLimit = 1024 * 1024;
export const batchBodyLimit = 32 * 1024 * 1024;

const deepest = 32;

/** The body as JSON text and value; `undefined` when there is none. Throws 400, 413 or 415. */
export async function readJson(request: Request, limit: number): Promise<{ text: string; value: unknown } | undefined> {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > limit) throw tooLarge(limit);
  const bytes = request.body ? await readUpTo(request.body, limit) : new Uint8Array();
  if (bytes.length === 0) return undefined;
  requireJsonType(request.headers);
  const text = decode(bytes);
  return { text, value: parse(text) };
}

/** Reads a stream to its end, but never more than `limit` bytes, whatever Content-Length says. */
async function readUpTo(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function requireJsonType(headers: Headers): void {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/(json|merge-patch\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    const sent = type ? `not ${JSON.stringify(type.slice(0, 80))}` : "and say so";
    throw problem("unsupported-media-type", { detail: `Send JSON with Content-Type: application/json, ${sent}.` });
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw problem("unsupported-media-type", { detail: "Send the body uncompressed, without Content-Encoding." });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw problem("malformed-json", { detail: "The body is not UTF-8; encode it as UTF-8 and send it again." });
  }
}

function parse(text: string): unknown {
  if (depth(text) > deepest) {
    throw problem("malformed-json", { detail: `The body is nested more than ${deepest} levels deep; flatten it.` });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem("malformed-json", { detail: `The body is not JSON: ${where(cause)}`, cause });
  }
  // Postgres stores neither U+0000 nor half a surrogate pair, and JSON can smuggle both in only as escapes.
  if (/\\u(0000|d[89a-f])/i.test(text)) {
    const pointer = findUnstorable(value, "");
    if (pointer !== undefined) throw unstorable(pointer);
  }
  return value;
}

/** V8's message without the excerpt of the body it ends with. */
function where(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  const place = /position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place ? `reading stopped at ${place}.` : "it ends too early or holds something that is not JSON.";
}

function depth(text: string): number {
  let now = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, ++now);
    else if (code === 0x7d || code === 0x5d) now--;
  }
  return most;
}

function endOfString(text: string, start: number): number {
  let end = start;
  while (true) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function findUnstorable(value: unknown, pointer: string): string | undefined {
  if (typeof value === "string") return storable(value) ? undefined : pointer;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (!storable(key)) return pointer;
    const found = findUnstorable(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether Postgres can keep the text. */
export function storable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function unstorable(pointer: string): HttpProblem {
  const detail = "holds U+0000 or half a surrogate pair; remove that character";
  return problem("invalid-input", {
    detail: `${pointer || "/"} ${detail}.`,
    errors: [{ pointer, code: "invalid_text", detail }],
  });
}

function tooLarge(limit: number): HttpProblem {
  const size = limit % 1048576 === 0 ? `${limit / 1048576} MiB` : `${limit} bytes`;
  return problem("payload-too-large", {
    detail: `The body is larger than ${size}, the most this route takes. Send it in smaller parts.`,
  });
}
