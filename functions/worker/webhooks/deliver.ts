import { OutboundFailed, OutboundRefused } from "../../_shared/outbound/refused.ts";
import { outboundRequest, type OutboundResponse } from "../../_shared/outbound/request.ts";
import { readRetryAfter } from "../../_shared/outbound/retry_after.ts";
import { version } from "../../_shared/version.ts";
import { signatureHeaders } from "../../_shared/webhooks/sign.ts";

/** One claimed delivery, as `app.claim_webhook_deliveries` gives it. */
export interface Delivery {
  id: string;
  endpoint_id: string;
  event_id: string;
  attempt: number;
  /** Whether others of its entity wait behind it. */
  is_ordered: boolean;
  body: string;
  url: string;
  /** Names the secrets that sign for it now. */
  secrets_key: string;
  timeout_seconds: number;
  /** How long it is this worker's. */
  lease_seconds: number;
  /** Requests to its endpoint under way at once, at most. */
  endpoint_concurrency: number;
}

/** Where a delivery goes. */
export interface Endpoint {
  url: string;
  secrets: string[];
}

/** What came of an attempt, as `app.record_webhook_attempts` takes it. */
export interface AttemptResult extends Pick<Delivery, "id" | "endpoint_id" | "is_ordered" | "attempt"> {
  started_at: string;
  duration_ms: number;
  status_code: number | null;
  /** Null for a success. */
  error: string | null;
  response_body: string | null;
  signature: string;
  timestamp: string;
  /** Seconds the receiver asked us to wait. */
  retry_after: number | null;
}

export interface DeliverDeps {
  request?: typeof outboundRequest;
  now?: () => number;
}

/** The most that is kept of an answer's body. */
const keptBodyBytes = 4096;

/** Sends one event to one endpoint. Never throws: what goes wrong is a result too. */
export async function deliver(
  delivery: Delivery,
  endpoint: Endpoint,
  timeoutMs: number,
  { request = outboundRequest, now = Date.now }: DeliverDeps = {},
): Promise<AttemptResult> {
  const started = now();
  const timestamp = Math.floor(started / 1000);
  const signed = signatureHeaders(endpoint.secrets, delivery.event_id, timestamp, delivery.body);
  const outcome = await request({
    url: endpoint.url,
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": `Odyssey-Webhooks/${version}`,
      ...signed,
    },
    body: new TextEncoder().encode(delivery.body),
    timeoutMs,
    mostBytes: keptBodyBytes,
  }).then(readAnswer, readFailure);
  return {
    id: delivery.id,
    endpoint_id: delivery.endpoint_id,
    is_ordered: delivery.is_ordered,
    attempt: delivery.attempt,
    started_at: new Date(started).toISOString(),
    duration_ms: Math.max(0, Math.round(now() - started)),
    signature: signed["X-Signature"] ?? "",
    timestamp: new Date(timestamp * 1000).toISOString(),
    ...outcome,
  };
}

type Outcome = Pick<AttemptResult, "status_code" | "error" | "response_body" | "retry_after">;

function readAnswer({ status, headers, body }: OutboundResponse): Outcome {
  const isRedirect = status >= 300 && status < 400;
  return {
    status_code: status,
    error: status >= 200 && status < 300 ? null : `HTTP ${status}${isRedirect ? ": redirects are not followed" : ""}`,
    // Postgres keeps no U+0000.
    response_body: new TextDecoder().decode(body).replaceAll("\0", "\uFFFD"),
    retry_after: readRetryAfter(headers.get("retry-after")),
  };
}

function readFailure(error: unknown): Outcome {
  const told = error instanceof OutboundRefused
    ? `not sent: the URL ${error.reason}`
    : error instanceof OutboundFailed
    ? error.reason
    : "the request could not be made";
  return { status_code: null, error: told, response_body: null, retry_after: null };
}
