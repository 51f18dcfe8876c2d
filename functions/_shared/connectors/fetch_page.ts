import { JobFault } from "../ingest/job_fault.ts";
import { type OutboundPolicy, outboundPolicy } from "../outbound/guard.ts";
import { OutboundFailed, OutboundRefused } from "../outbound/refused.ts";
import { outboundRequest, type OutboundResponse } from "../outbound/request.ts";
import { readRetryAfter } from "../outbound/retry_after.ts";
import { version } from "../version.ts";
import { accessToken, basic, forgetToken } from "./access_token.ts";
import type { Connector } from "./connector.ts";
import { garbled, unavailable } from "./source_fault.ts";

/** What an earlier answer to the same request can be confirmed with. */
export interface Validators {
  etag: string | null;
  last_modified: string | null;
}

/** One page as it came: `text` is null where the source confirmed the earlier answer. */
export interface FetchedPage {
  status: number;
  text: string | null;
  bytes: number;
  contentType: string | null;
  etag: string | null;
  last_modified: string | null;
  link: string | null;
}

export interface FetchOptions {
  timeoutMs?: number;
  mostBytes?: number;
  /** The one from the settings, when left out. */
  policy?: OutboundPolicy;
}

/** Of these a page that is still being made fits easily, and one that never ends does not. */
const pageTimeoutMs = 30_000;
const mostPageBytes = 8 * 1024 * 1024;

/**
 * Asks for one page. Throws SourceUnavailable when another try may help, JobFault when only a person can.
 */
export async function fetchPage(
  connector: Connector,
  secret: string | null,
  url: URL,
  validators: Validators | null,
  { timeoutMs = pageTimeoutMs, mostBytes = mostPageBytes, policy = outboundPolicy() }: FetchOptions = {},
): Promise<FetchedPage> {
  const ask = async () =>
    await outboundRequest({
      ...await identify(connector, secret, url, validators, policy),
      method: "GET",
      timeoutMs,
      mostBytes,
      policy,
    }).catch((error) => {
      if (error instanceof OutboundFailed) throw unavailable(`The source did not answer: ${error.reason}.`);
      if (error instanceof OutboundRefused) throw refusedUrl(error.reason);
      throw error;
    });
  let response = await ask();
  if (response.status === 401 && connector.auth.type === "oauth2_client_credentials") {
    // The token ended before its time, or was revoked: once, a new one may do.
    forgetToken(connector);
    response = await ask();
  }
  return readAnswer(response, validators !== null, mostBytes);
}

async function identify(
  connector: Connector,
  secret: string | null,
  url: URL,
  validators: Validators | null,
  policy: OutboundPolicy,
) {
  const headers: Record<string, string> = { "Accept": "application/json", "User-Agent": `Odyssey/${version}` };
  if (validators?.etag) headers["If-None-Match"] = validators.etag;
  if (validators?.last_modified) headers["If-Modified-Since"] = validators.last_modified;
  const target = new URL(url);
  const { auth } = connector;
  if (auth.type === "bearer") headers.Authorization = `Bearer ${secret}`;
  if (auth.type === "basic") headers.Authorization = basic(auth.username, secret ?? "");
  if (auth.type === "api_key" && auth.place === "header") headers[auth.name] = secret ?? "";
  if (auth.type === "api_key" && auth.place === "query") target.searchParams.set(auth.name, secret ?? "");
  if (auth.type === "oauth2_client_credentials") {
    headers.Authorization = `Bearer ${await accessToken(connector, auth, secret ?? "", policy)}`;
  }
  return { url: target.href, headers };
}

function readAnswer(response: OutboundResponse, isConditional: boolean, mostBytes: number): FetchedPage {
  const { status, headers, body, truncated } = response;
  requireSuccess(status, headers, isConditional);
  const page = {
    status,
    bytes: body.length,
    contentType: headers.get("content-type"),
    etag: headers.get("etag"),
    last_modified: headers.get("last-modified"),
    link: headers.get("link"),
  };
  if (status === 304) return { ...page, text: null };
  if (truncated && body.length >= mostBytes) {
    throw new JobFault(
      "page_too_large",
      `A page has more than ${mostBytes / 1024 / 1024} MiB.`,
      "Ask for smaller pages (`paging.size`) or fewer fields (in `base_url`) of the connector.",
    );
  }
  if (truncated) throw unavailable("The answer broke off before its end.");
  if (headers.get("content-encoding")) throw garbled("The answer is compressed, which was not asked for.");
  if (page.contentType !== null && !/^[^;]*json/i.test(page.contentType)) {
    throw garbled(`The answer is not JSON but ${page.contentType.slice(0, 100)}.`);
  }
  try {
    return { ...page, text: new TextDecoder("utf-8", { fatal: true }).decode(body) };
  } catch {
    throw garbled("The answer is not text in UTF-8.");
  }
}

function requireSuccess(status: number, headers: Headers, isConditional: boolean): void {
  if (status === 200 || (status === 304 && isConditional)) return;
  if (status >= 500 || [408, 425, 429].includes(status)) {
    throw unavailable(`The source answered ${status}.`, readRetryAfter(headers.get("retry-after")));
  }
  if (status >= 300 && status < 400) {
    throw new JobFault(
      "redirected",
      `The source answered ${status}: its address is another one. Redirects are not followed.`,
      "Set `base_url` of the connector to the address that the source is at now.",
    );
  }
  if (status === 401 || status === 403) {
    throw new JobFault(
      "credentials_refused",
      `The source answered ${status}: it does not accept the connector's credentials.`,
      "Check `auth` of the connector and give its secret again.",
    );
  }
  throw new JobFault(
    "source_refused",
    `The source answered ${status}.`,
    "Check `base_url`, `paging` and `increments` of the connector against the source's documentation.",
  );
}

function refusedUrl(reason: string): JobFault {
  return new JobFault(
    "refused_url",
    `No request was made: the address ${reason}.`,
    "Set `base_url` of the connector to a public https address.",
  );
}
