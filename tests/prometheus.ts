import parser from "parse-prometheus-text-format";

/** A metric family as the parser of Prometheus' text format gives it. */
export interface ParsedFamily {
  name: string;
  help: string;
  type: "COUNTER" | "GAUGE" | "HISTOGRAM" | "SUMMARY" | "UNTYPED";
  metrics: { value: string; labels?: Record<string, string> }[];
}

/** Reads Prometheus' text format; throws on a line that is none. */
export const parse = parser as unknown as (text: string) => ParsedFamily[];
