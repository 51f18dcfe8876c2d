import { JobFault } from "../ingest/job_fault.ts";
import type { Connector, Next } from "./connector.ts";
import { at } from "./records.ts";
import { drifted } from "./source_fault.ts";

export interface PageSeen {
  /** The page's number in its sync, from 1. */
  pageNo: number;
  /** Records on it, before they are divided into rows. */
  records: number;
  /** Records of the pages before it. */
  recordsBefore: number;
  current: Next | null;
  page: unknown;
  link: string | null;
}

/** What the page after this one is asked for with; null at the end. More pages than allowed are a fault. */
export function nextPage(connector: Connector, seen: PageSeen): Next | null {
  const next = findNext(connector, seen);
  if (next && seen.pageNo >= connector.max_pages) {
    throw new JobFault(
      "too_many_pages",
      `After ${seen.pageNo} pages the source has more; it does not seem to end.`,
      "Check `paging` of the connector. If there really are so many, raise `max_pages` or ask for larger pages.",
    );
  }
  return next;
}

/** How many records there are in all, where the source says so. */
export function totalOf({ paging }: Connector, page: unknown): number | null {
  if (!("total_path" in paging) || !paging.total_path) return null;
  const total = Number(at(page, paging.total_path));
  return Number.isSafeInteger(total) && total >= 0 ? total : null;
}

function findNext(connector: Connector, seen: PageSeen): Next | null {
  const { paging } = connector;
  switch (paging.type) {
    case "none":
      return null;
    case "link_header":
      return nextLink(seen.link);
    case "cursor":
      return nextCursor(paging, seen);
    case "page":
    case "offset": {
      const total = totalOf(connector, seen.page);
      const sofar = seen.recordsBefore + seen.records;
      // A short page may only mean that the source gives less than asked for; an empty one is the end.
      if (seen.records === 0 || (total !== null && sofar >= total)) return null;
      if (paging.type === "offset") return { value: String(sofar) };
      const current = seen.current && "value" in seen.current ? Number(seen.current.value) : paging.first ?? 1;
      return { value: String(current + 1) };
    }
  }
}

function nextCursor(paging: Extract<Connector["paging"], { type: "cursor" }>, { page }: PageSeen): Next | null {
  const value = at(page, paging.next_path);
  if (value === undefined || value === null || value === "" || value === false) return null;
  if (typeof value !== "string" && typeof value !== "number") {
    throw drifted(
      `The answer's member ${paging.next_path} is no cursor.`,
      "Correct `paging.next_path` of the connector.",
    );
  }
  return paging.param ? { value: String(value) } : { url: String(value) };
}

/** The target of `rel="next"` in a Link header (RFC 8288). */
function nextLink(header: string | null): Next | null {
  for (
    const [, url, parameters] of (header ?? "").matchAll(
      /<([^<>]*)>((?:\s*;\s*[^=;,<>"]+(?:=(?:"[^"]*"|[^;,<>"]*))?)*)/g,
    )
  ) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\s*(?:;|$))/i.test(parameters ?? "")) return { url: url! };
  }
  return null;
}
