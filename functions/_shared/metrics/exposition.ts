import { durationFamily, type Family, gaugeFamilies, refusalsFamily, requestsFamily } from "./families.ts";
import { latencyBoundsMs } from "./latency_bounds.ts";
import type { RequestCount } from "./request_metrics.ts";

/** The content type of Prometheus' text format. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** What `app.read_metrics` gives. */
export interface Metrics {
  requests: Omit<RequestCount, "minute">[];
  gauges: { name: string; labels: Record<string, string>; value: number }[];
}

/** The metrics in Prometheus' text format 0.0.4. */
export function writeExposition({ requests, gauges }: Metrics): string {
  const refused = requests.filter(({ status }) => status === 429);
  return [
    family(requestsFamily, requests.map((row) => line(requestsFamily.name, requestLabels(row, true), row.count))),
    family(refusalsFamily, refused.map((row) => line(refusalsFamily.name, requestLabels(row), row.count))),
    family(durationFamily, groupByRoute(requests).flatMap(histogram)),
    ...gaugeFamilies.map((each) => {
      const own = gauges.filter(({ name }) => name === each.name);
      return family(each, own.map(({ name, labels, value }) => line(name, labels, value)));
    }),
  ].join("");
}

function family({ name, type, help }: Family, lines: string[]): string {
  if (lines.length === 0) return "";
  return `# HELP ${name} ${escape(help, /[\\\n]/g)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function line(name: string, labels: Record<string, string>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text, /[\\\n"]/g)}"`);
  return `${name}${pairs.length ? `{${pairs.join(",")}}` : ""} ${value}\n`;
}

function escape(text: string, special: RegExp): string {
  return text.replace(special, (character) => character === "\n" ? "\\n" : `\\${character}`);
}

type Row = Metrics["requests"][number];

function requestLabels({ service, method, route, status }: Row, withStatus = false): Record<string, string> {
  return { service, method, route, ...(withStatus ? { status: String(status) } : {}) };
}

/** Statuses have no histogram of their own: that would be ten times the lines. */
function groupByRoute(requests: Row[]): Row[] {
  const groups = new Map<string, Row>();
  for (const row of requests) {
    const key = `${row.service} ${row.method} ${row.route}`;
    const known = groups.get(key);
    groups.set(key, known ? sum(known, row) : row);
  }
  return [...groups.values()];
}

function sum(a: Row, b: Row): Row {
  return {
    ...a,
    count: a.count + b.count,
    sum_ms: a.sum_ms + b.sum_ms,
    buckets: a.buckets.map((n, at) => n + (b.buckets[at] ?? 0)),
  };
}

/** Buckets are cumulative and their bounds are seconds. */
function histogram(row: Row): string[] {
  const { name } = durationFamily;
  const labels = requestLabels(row);
  const bounds = [...latencyBoundsMs.map((bound) => String(bound / 1000)), "+Inf"];
  let below = 0;
  return [
    ...bounds.map((le, at) => line(`${name}_bucket`, { ...labels, le }, below += row.buckets[at] ?? 0)),
    line(`${name}_sum`, labels, row.sum_ms / 1000),
    line(`${name}_count`, labels, row.count),
  ];
}
