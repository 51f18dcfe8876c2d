import type { Claims } from "./database.ts";

/** What is known of the HTTP request, for the audit log. */
export interface RequestFacts {
  request_id: string;
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

/** What a call of the database carries beside the caller's claims. */
export interface CallContext {
  request?: RequestFacts;
  once?: OnceContext;
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
