import { createHmac } from "node:crypto";
import { Buffer } from "node:buffer";

/** How a secret begins; the rest is base64. */
export const secretPrefix = "whsec_";

/** A new secret: 32 random bytes, as the text that is shown. */
export function newSecret(): string {
  return secretPrefix + Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
}

/**
 * The headers that let a receiver check a request, in both forms. While a secret is being rotated there are several;
 * each signs, the newest first.
 *
 * - `X-Signature: v1=<hex>`: HMAC-SHA256 keyed by the secret's text, over timestamp, line feed and body;
 * - `webhook-signature: v1,<base64>`: as the Standard Webhooks specification has it, keyed by the decoded bytes.
 *
 * @example
 * ```ts
 * const headers = signatureHeaders(["whsec_..."], eventId, 1767225600, body);
 * ```
 */
export function signatureHeaders(
  secrets: readonly string[],
  eventId: string,
  timestamp: number,
  body: string,
): Record<string, string> {
  const own = secrets.map((secret) => `v1=${hmac(secret, `${timestamp}\n${body}`, "hex")}`);
  const standard = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), "base64");
    return `v1,${hmac(key, `${eventId}.${timestamp}.${body}`, "base64")}`;
  });
  return {
    "X-Timestamp": String(timestamp),
    "X-Signature": own.join(","),
    "X-Idempotency-Key": eventId,
    "webhook-id": eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": standard.join(" "),
  };
}

function hmac(key: string | Buffer, text: string, encoding: "hex" | "base64"): string {
  return createHmac("sha256", key).update(text, "utf8").digest(encoding);
}
