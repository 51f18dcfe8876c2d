import { JobFault } from "../ingest/job_fault.ts";
import type { OutboundPolicy } from "../outbound/guard.ts";
import { OutboundFailed, OutboundRefused } from "../outbound/refused.ts";
import { outboundRequest } from "../outbound/request.ts";
import { readRetryAfter } from "../outbound/retry_after.ts";
import type { Auth, Connector } from "./connector.ts";
import { unavailable } from "./source_fault.ts";

type ClientCredentials = Extract<Auth, { type: "oauth2_client_credentials" }>;

const timeoutMs = 15_000;
const mostBytes = 65_536;
/** A token is given up so long before its end, that a request under way still finds it valid. */
const marginMs = 30_000;
const mostKept = 1000;

const kept = new Map<string, { token: string; until: number }>();
const keyOf = ({ id, updated_at }: Connector) => `${id} ${updated_at}`;

/** The access token of a connector: the one at hand while it lives, else a new one (RFC 6749, 4.4). */
export async function accessToken(
  connector: Connector,
  auth: ClientCredentials,
  secret: string,
  policy: OutboundPolicy,
): Promise<string> {
  const known = kept.get(keyOf(connector));
  if (known && known.until > Date.now()) return known.token;
  const { token, seconds } = await requestToken(auth, secret, policy);
  if (kept.size >= mostKept) kept.clear();
  kept.set(keyOf(connector), { token, until: Date.now() + seconds * 1000 - marginMs });
  return token;
}

/** Forgets a token that its source no longer takes. */
export function forgetToken(connector: Connector): void {
  kept.delete(keyOf(connector));
}

async function requestToken(
  auth: ClientCredentials,
  secret: string,
  policy: OutboundPolicy,
): Promise<{ token: string; seconds: number }> {
  const form = new URLSearchParams({ grant_type: "client_credentials", ...(auth.scope ? { scope: auth.scope } : {}) });
  const headers: Record<string, string> = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/json",
  };
  if (auth.client_auth === "body") {
    form.set("client_id", auth.client_id);
    form.set("client_secret", secret);
  } else {
    headers.Authorization = basic(encodeURIComponent(auth.client_id), encodeURIComponent(secret));
  }
  const { status, headers: answered, body } = await outboundRequest({
    url: auth.token_url,
    method: "POST",
    headers,
    body: new TextEncoder().encode(form.toString()),
    timeoutMs,
    mostBytes,
    policy,
  }).catch((error) => {
    if (error instanceof OutboundFailed) throw unavailable(`The token server did not answer: ${error.reason}.`);
    if (error instanceof OutboundRefused) throw refused(`its address ${error.reason}`);
    throw error;
  });
  if (status === 429 || status >= 500) {
    throw unavailable(`The token server answered ${status}.`, readRetryAfter(answered.get("retry-after")));
  }
  const answer = status === 200 ? readJson(body) : undefined;
  const token = answer?.access_token;
  if (typeof token !== "string" || !/^[\x21-\x7e]{1,8192}$/.test(token)) {
    throw refused(status === 200 ? "it answered without an access token" : `it answered ${status}`);
  }
  const seconds = Number(answer?.expires_in);
  return { token, seconds: seconds > 0 ? Math.min(seconds, 86_400) : 300 };
}

function readJson(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function refused(why: string): JobFault {
  return new JobFault(
    "token_refused",
    `The token server gave no access token: ${why}.`,
    "Check token_url, client_id, client_secret and scope in `auth` of the connector.",
  );
}

/** The value of a Basic `Authorization` header. */
export function basic(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
