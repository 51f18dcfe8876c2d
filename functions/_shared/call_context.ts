import type { Claims } from "./database.ts";

/** What is known of the HTTP request, for the audit log. */
export interface RequestFacts {
  request_id: string;
  /** Of the workflow the request belongs to, as sent; the database takes none that is not recorded. */
  super_id?: string;
  method: string;
  path: string;
  ip?: string;
  ua?: string;
}

/** The Idempotency-Key of a request: what names its work, and what became of it. */
export interface OnceContext {
  key: string;
  method: string;
  path: string;
  /** Of query and body: whether a repeated request is the same. */
  requestHash: string;
  /** Status of the answer when the work is done. */
  status: number;
  /** How many calls of this request have passed; each is stored under a place of its own. */
  passed: number;
  /** How many of those found their answer stored. */
  replayed: number;
}

/** Where the primary stood when a request was let in, as `app.open_request` tells it. */
export interface LogPosition {
  /** End of its flushed log: whoever has replayed it has all that was acknowledged before. */
  lsn: string;
  /** Its clock. */
  at: string;
  /** When the caller last sent a request that may write. */
  last_write_at: string | null;
}

/** How fresh the data of an answer are. */
export interface Freshness {
  source: "primary" | "replica";
  lag_ms: number;
  /** All that was acknowledged before this time is among the data. */
  as_of: string;
}

/** A request that a replica may answer. */
export interface ReadContext {
  position: LogPosition;
  /** The caller asks for the primary. */
  strong: boolean;
  /** Of the last call. */
  freshness: Freshness;
}

/** What a call of the database carries beside the caller's claims. */
export interface CallContext {
  request?: RequestFacts;
  once?: OnceContext;
  read?: ReadContext;
}

const contexts = new WeakMap<Claims, CallContext>();

/**
 * Ties claims to the request they were made for. Whatever is then called with these very claims (not a copy) is audited
 * with its origin and runs under its Idempotency-Key: a route cannot forget either.
 */
export function setCallContext(claims: Claims, context: CallContext): void {
  contexts.set(claims, { ...contexts.get(claims), ...context });
}

export function callContext(claims: Claims): CallContext {
  return contexts.get(claims) ?? {};
}
