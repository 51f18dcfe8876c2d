import { ByteReader } from "./byte_reader.ts";
import { closeQuietly, connect, keepIdle, type Place, takeIdle } from "./connections.ts";
import {
  bareHost,
  checkedAddresses,
  checkUrl,
  type OutboundPolicy,
  outboundPolicy,
  portOf,
  type Resolve,
} from "./guard.ts";
import { type Http1Response, readResponse, writeRequest } from "./http1.ts";
import { OutboundFailed, OutboundRefused } from "./refused.ts";

export interface OutboundRequest {
  url: string;
  method: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** For everything: the name, the connection, the answer. */
  timeoutMs: number;
  /** Of the answer's body no more is read. */
  mostBytes: number;
  policy?: OutboundPolicy;
  resolve?: Resolve;
  /** Certificates to trust beside the usual ones, in PEM. */
  caCerts?: string[];
}

/** The answer, whatever its status: redirects are answers too and are not followed. */
export type OutboundResponse = Omit<Http1Response, "reusable">;

/**
 * Makes a request to a URL that somebody else gave us. The host is resolved once, every address is checked, and the
 * connection goes to a checked address, so that a name that changes its mind in between reaches nothing else. Written
 * over plain sockets because `fetch` resolves by itself, and node:https in the hosted runtime does too.
 *
 * Throws OutboundRefused when the URL leads where it must not, OutboundFailed when no answer came.
 */
export async function outboundRequest(request: OutboundRequest): Promise<OutboundResponse> {
  const policy = request.policy ?? outboundPolicy();
  const url = checkUrl(request.url, policy);
  const attempt = new Attempt(request, url);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      attempt.abort();
      reject(new OutboundFailed(`no answer within ${request.timeoutMs / 1000} s`));
    }, request.timeoutMs);
  });
  try {
    return await Promise.race([attempt.run(policy), timeout]);
  } catch (error) {
    if (error instanceof OutboundRefused || error instanceof OutboundFailed) throw error;
    throw new OutboundFailed(describe(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

class Attempt {
  #connection: Deno.TcpConn | Deno.TlsConn | undefined;
  #aborted = false;

  constructor(readonly request: OutboundRequest, readonly url: URL) {}

  async run(policy: OutboundPolicy): Promise<OutboundResponse> {
    const addresses = await checkedAddresses(this.url, policy, this.request.resolve);
    let failure: unknown;
    for (const address of addresses.slice(0, 3)) {
      const place = {
        hostname: bareHost(this.url),
        address,
        port: portOf(this.url),
        isTls: this.url.protocol === "https:",
        ...(this.request.caCerts ? { caCerts: this.request.caCerts } : {}),
      };
      const kept = takeIdle(place);
      if (kept) {
        const response = await this.#overKept(place, kept);
        if (response) return response;
      }
      try {
        this.#connection = await connect(place, (socket) => this.#opened(socket));
      } catch (error) {
        failure = error;
        // A handshake that failed leaves its socket open.
        if (this.#connection) closeQuietly(this.#connection);
        this.#connection = undefined;
        if (this.#aborted) break;
        continue;
      }
      return await this.#exchange(place, this.#connection);
    }
    throw failure;
  }

  /** Ends it: whatever is being waited for fails. */
  abort(): void {
    this.#aborted = true;
    if (this.#connection) closeQuietly(this.#connection);
  }

  #opened(socket: Deno.TcpConn | Deno.TlsConn): void {
    this.#connection = socket;
    if (this.#aborted) closeQuietly(socket);
  }

  /** Nothing when the other side had closed the connection meanwhile, before it answered anything. */
  async #overKept(place: Place, connection: Deno.TcpConn | Deno.TlsConn): Promise<OutboundResponse | undefined> {
    this.#opened(connection);
    const reader = new ByteReader(connection);
    try {
      return await this.#exchange(place, connection, reader);
    } catch (error) {
      if (this.#aborted || reader.received > 0) throw error;
      return undefined;
    }
  }

  async #exchange(
    place: Place,
    connection: Deno.TcpConn | Deno.TlsConn,
    reader = new ByteReader(connection),
  ): Promise<OutboundResponse> {
    let reusable = false;
    try {
      await writeAll(connection, this.#bytes());
      const response = await readResponse(reader, this.request.method, this.request.mostBytes);
      reusable = response.reusable && !this.#aborted;
      return response;
    } finally {
      if (reusable) keepIdle(place, connection);
      else closeQuietly(connection);
    }
  }

  #bytes(): Uint8Array {
    const { method, body = new Uint8Array(0) } = this.request;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.request.headers ?? {})) headers[name.toLowerCase()] = value;
    headers["host"] = this.url.host;
    headers["accept-encoding"] = "identity";
    if (body.length > 0 || method !== "GET") headers["content-length"] = String(body.length);
    return writeRequest(method, this.url.pathname + this.url.search, headers, body);
  }
}

async function writeAll(connection: Deno.TcpConn | Deno.TlsConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** What may be told of a failure of the network: its kind, in our words. */
function describe(error: unknown): string {
  if (error instanceof Deno.errors.ConnectionRefused) return "the connection was refused";
  if (error instanceof Deno.errors.InvalidData) return "the certificate or the TLS handshake is not valid";
  const isEnd = error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.UnexpectedEof;
  if (isEnd) return "the connection was cut off";
  const message = error instanceof Error && error.constructor === Error ? error.message : "";
  return message || "the connection failed";
}
