import { refuse } from "./refuse.ts";

const longest = 8192;

/** The token of `Authorization: Bearer`; 401 when there is none. */
export function bearerToken(headers: Headers): string {
  const token = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i.exec(headers.get("authorization") ?? "")
    ?.[1];
  if (token === undefined || token.length > longest) throw refuse();
  return token;
}

/** The header of a JWT, unproven. */
export function readHeader(token: string): { alg: string } & Record<string, unknown> {
  const header = readPart(token, 0);
  if (typeof header["alg"] !== "string") throw refuse();
  return header as { alg: string };
}

export interface AppwriteClaims {
  userId: string;
  sessionId: string;
  exp: number;
}

/** Appwrite allows 3600 s; the minute is for clocks that differ. */
const longestLife = 3660;

/**
 * Reads an Appwrite JWT without proving it and refuses what Appwrite could not have made: another header, claims
 * missing, added or given twice, a token that expired or outlives Appwrite's longest.
 */
export function readAppwriteToken(token: string, now: number): AppwriteClaims {
  const header = readPart(token, 0);
  if (header["alg"] !== "HS256" || header["typ"] !== "JWT" || Object.keys(header).length !== 2) throw refuse();
  const claims = readPart(token, 1);
  const { userId, sessionId, exp } = claims;
  if (Object.keys(claims).length !== 3) throw refuse();
  if (typeof userId !== "string" || !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,35}$/.test(userId)) throw refuse();
  if (typeof sessionId !== "string" || sessionId.length > 255) throw refuse();
  if (typeof exp !== "number" || !Number.isSafeInteger(exp) || exp <= now || exp > now + longestLife) throw refuse();
  if (token.endsWith(".")) throw refuse();
  return { userId, sessionId, exp };
}

/** One part of a JWT as a flat object. JSON.parse would let the last of two equal names win, so they are counted. */
function readPart(token: string, part: 0 | 1): Record<string, unknown> {
  try {
    const text = decodeBase64Url(token.split(".")[part] ?? "");
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse();
    if (namesIn(text) !== Object.keys(value).length) throw refuse();
    return value as Record<string, unknown>;
  } catch (cause) {
    throw refuse(cause);
  }
}

/** How many names the outermost object of a valid JSON text writes down. */
function namesIn(json: string): number {
  let depth = 0;
  let names = 0;
  for (const [lexeme] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (lexeme === "{" || lexeme === "[") depth++;
    else if (lexeme === "}" || lexeme === "]") depth--;
    else if (lexeme === ":" && depth === 1) names++;
  }
  return names;
}

function decodeBase64Url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}
