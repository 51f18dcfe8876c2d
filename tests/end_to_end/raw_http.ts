/** HTTP as no client library would send it: bytes on a socket to the stack's gateway. */
import { stack } from "./people.ts";

export interface RawAnswer {
  /** 0 when the server hung up without an answer. */
  status: number;
  head: string;
  body: string;
}

/**
 * Sends a request line and headers as they are and reads the answer to its end. Header values are bytes: U+0080 to
 * U+00FF stand for themselves.
 */
export async function sendRaw(lines: string[], body: string | Uint8Array = ""): Promise<RawAnswer> {
  const { hostname, port } = new URL(stack.url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const timer = setTimeout(() => socket.close(), 10_000);
  try {
    const [line, ...headers] = lines;
    const head = [line, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");
    await write(socket, Uint8Array.from(head, (character) => character.charCodeAt(0)));
    await write(socket, typeof body === "string" ? new TextEncoder().encode(body) : body);
    const text = await readAll(socket);
    const [top = "", ...rest] = text.split("\r\n\r\n");
    return { status: Number(top.split(" ")[1] ?? 0), head: top.toLowerCase(), body: rest.join("\r\n\r\n") };
  } finally {
    clearTimeout(timer);
    try {
      socket.close();
    } catch {
      // The other side was faster.
    }
  }
}

async function readAll(socket: Deno.TcpConn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = "";
  try {
    for (let size; (size = await socket.read(buffer)) !== null;) {
      text += decoder.decode(buffer.subarray(0, size), { stream: true });
    }
  } catch {
    // Reset: the server refused to read on.
  }
  return text;
}

/** The server may hang up before it has read all; what it answered still counts. */
async function write(socket: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  try {
    for (let sent = 0; sent < bytes.length;) sent += await socket.write(bytes.subarray(sent));
  } catch {
    // Hung up.
  }
}
