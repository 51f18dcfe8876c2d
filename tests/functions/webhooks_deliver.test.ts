import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { OutboundFailed, OutboundRefused } from "../../functions/_shared/outbound/refused.ts";
import { readRetryAfter } from "../../functions/_shared/outbound/retry_after.ts";
import { newSecret, signatureHeaders } from "../../functions/_shared/webhooks/sign.ts";
import { deliver } from "../../functions/worker/webhooks/deliver.ts";

const eventId = "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c";
const now = () => Math.floor(Date.now() / 1000);

Deno.test("signatureHeaders() are what the Standard Webhooks library accepts, whichever secret it has", () => {
  const secrets = [newSecret(), newSecret()];
  fc.assert(fc.property(fc.json(), (body) => {
    const headers = signatureHeaders(secrets, eventId, now(), body);
    for (const secret of secrets) deepStrictEqual(new Webhook(secret).verify(body, headers), JSON.parse(body));
    throws(() => new Webhook(newSecret()).verify(body, headers));
    throws(() => new Webhook(secrets[0]!).verify(`${body} `, headers));
  }));
  throws(() => new Webhook(secrets[0]!).verify("{}", signatureHeaders(secrets, eventId, now() - 400, "{}")), /old/);
});

Deno.test("signatureHeaders() hold X-Signature over timestamp, line feed and body, keyed by the secret's text", () => {
  const secrets = [newSecret(), newSecret()];
  const headers = signatureHeaders(secrets, eventId, 1_767_225_600, '{"ü":1}');
  const expected = secrets.map((secret) => createHmac("sha256", secret).update('1767225600\n{"ü":1}').digest("hex"));
  strictEqual(headers["X-Signature"], `v1=${expected[0]},v1=${expected[1]}`);
  deepStrictEqual([headers["X-Timestamp"], headers["X-Idempotency-Key"]], ["1767225600", eventId]);
});

Deno.test("readRetryAfter() takes seconds and dates", () => {
  const at = Date.parse("2026-01-01T00:00:00Z");
  strictEqual(readRetryAfter("120", at), 120);
  strictEqual(readRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", at), 60);
  strictEqual(readRetryAfter("Wed, 31 Dec 2025 00:01:00 GMT", at), 0);
  for (const value of [null, "", "soon", "-5", "1.5"]) strictEqual(readRetryAfter(value, at), null, String(value));
});

Deno.test("deliver() tells what came of an attempt and never throws", async () => {
  const endpoint = { url: "https://example.com", secrets: [newSecret()] };
  const delivery = {
    id: "d",
    endpoint_id: "e",
    event_id: eventId,
    attempt: 2,
    is_ordered: false,
    body: "{}",
    url: endpoint.url,
    secrets_key: "k",
    timeout_seconds: 1,
    lease_seconds: 60,
    endpoint_concurrency: 32,
  };
  const outcome = async (answer: { status?: number; headers?: HeadersInit; body?: string } | Error) => {
    const result = await deliver(delivery, endpoint, 1000, {
      request: () =>
        answer instanceof Error ? Promise.reject(answer) : Promise.resolve({
          status: answer.status ?? 200,
          headers: new Headers(answer.headers),
          body: new TextEncoder().encode(answer.body ?? ""),
          truncated: false,
        }),
    });
    return [result.status_code, result.error, result.response_body, result.retry_after];
  };
  deepStrictEqual(await outcome({ status: 200, body: "a\0b" }), [200, null, "a\uFFFDb", null]);
  deepStrictEqual(await outcome({ status: 299 }), [299, null, "", null]);
  deepStrictEqual(await outcome({ status: 301 }), [301, "HTTP 301: redirects are not followed", "", null]);
  deepStrictEqual(await outcome({ status: 429, headers: { "retry-after": "7" } }), [429, "HTTP 429", "", 7]);
  deepStrictEqual(await outcome({ status: 500, body: "no" }), [500, "HTTP 500", "no", null]);
  deepStrictEqual(await outcome(new OutboundFailed("no answer within 1 s")), [
    null,
    "no answer within 1 s",
    null,
    null,
  ]);
  const refused = await outcome(new OutboundRefused("must be an https URL"));
  deepStrictEqual(refused, [null, "not sent: the URL must be an https URL", null, null]);
  deepStrictEqual(await outcome(new Error("postgres://secret")), [null, "the request could not be made", null, null]);
});
