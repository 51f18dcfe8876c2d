import type { OnceContext } from "../call_context.ts";
import type { HttpContext } from "./context.ts";
import { invalid } from "./validation.ts";

/** The key of a request that may be repeated, or `undefined` where none was sent. Throws 400 for one that is no key. */
export async function readOnceContext(
  c: HttpContext,
  bodyText: string,
  status: number,
): Promise<OnceContext | undefined> {
  const given = c.req.header("idempotency-key");
  if (given === undefined) return undefined;
  const { method, url } = c.req;
  const { pathname, search } = new URL(url);
  return {
    key: parseKey(given),
    method,
    path: pathname,
    requestHash: await hash(`${search}\n${bodyText}`),
    status,
    passed: 0,
    replayed: 0,
  };
}

/** The draft's quoted string (RFC 8941), or the bare value as most clients send it: 1 to 255 printable characters. */
export function parseKey(given: string): string {
  const quoted = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/.exec(given)?.[1]?.replace(/\\(["\\])/g, "$1");
  // Two headers reach us as one, joined by a comma and a blank.
  const key = quoted ?? (/^(?!.*, )[!#-~][ !#-~]*$/.test(given) ? given : "");
  if (key.length >= 1 && key.length <= 255) return key;
  throw invalid([{
    pointer: "/Idempotency-Key",
    code: "invalid_format",
    detail: "must be sent once, with 1 to 255 printable ASCII characters, quoted or bare",
  }]);
}

async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
