import { JobFault } from "../ingest/job_fault.ts";
import type { Connector, Next } from "./connector.ts";

/** Where a sync stands, as the checkpoint of its job keeps it. */
export interface Place {
  /** Null for the first page. */
  next: Next | null;
  updatedAfter: string | null;
}

/** The address of a page, without any secret. */
export function pageUrl(connector: Connector, { next, updatedAfter }: Place): URL {
  if (next && "url" in next) return sameOrigin(connector, next.url);
  const url = new URL(connector.base_url);
  const { paging, increments } = connector;
  if (updatedAfter !== null && increments) {
    url.searchParams.set(increments.param, writeInstant(updatedAfter, increments.format));
  }
  if ("size_param" in paging && paging.size_param && paging.size) {
    url.searchParams.set(paging.size_param, String(paging.size));
  }
  const value = next?.value ?? firstValue(connector);
  if (value !== null && "param" in paging && paging.param) url.searchParams.set(paging.param, value);
  return url;
}

function firstValue({ paging }: Connector): string | null {
  if (paging.type === "page") return String(paging.first ?? 1);
  return paging.type === "offset" ? "0" : null;
}

function writeInstant(instant: string, format = "rfc3339"): string {
  const at = new Date(instant);
  if (format === "unix") return String(Math.floor(at.getTime() / 1000));
  const text = at.toISOString().replace(/\.\d+Z$/, "Z");
  return format === "date" ? text.slice(0, 10) : text;
}

/** A source may name its next page, but not send our secret to somebody else. */
function sameOrigin({ base_url }: Connector, text: string): URL {
  const base = new URL(base_url);
  const url = URL.parse(text, base);
  if (!url || url.origin !== base.origin || url.username || url.password) {
    throw new JobFault(
      "foreign_page",
      "The source named a next page on another server.",
      "Ask whoever runs the source, or set `base_url` of the connector to the server that its pages are on.",
    );
  }
  return url;
}
