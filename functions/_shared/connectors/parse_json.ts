import { garbled } from "./source_fault.ts";

/**
 * Reads JSON for Postgres: whole numbers too long for a double stay as they are written, as text, and what a database
 * cannot hold (U+0000, halves of surrogate pairs) becomes U+FFFD.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = /\d{16}/.test(text)
      ? JSON.parse(text, exactNumber as (key: string, value: unknown) => unknown)
      : JSON.parse(text);
  } catch {
    throw garbled("The answer is not valid JSON.");
  }
  return /\\u(0000|d[89a-f])/i.test(text) ? storable(value) : value;
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? "") ? context!.source : value;
}

function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD").toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key) as string, storable(inner)]));
}
