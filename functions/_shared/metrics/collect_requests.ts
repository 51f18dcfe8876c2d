import { background } from "../background.ts";
import { database } from "../database.ts";
import { createLogger } from "../logger.ts";
import { createRequestMetrics, type RequestMetrics, type RequestSample } from "./request_metrics.ts";

let collected: RequestMetrics | undefined;

/** Counts the requests of this isolate from now on and writes them until it ends. */
export function collectRequests(service: string): void {
  const logger = createLogger(service);
  const metrics = collected = createRequestMetrics({
    write: async (counts) => {
      await database()`select app.record_request_metrics(samples => ${JSON.stringify(counts)}::text::jsonb)`;
    },
    report: (error) => logger.error(null, error),
  });
  addEventListener("beforeunload", () => background(metrics.close()));
}

/** Counts one request, where requests are collected. */
export function recordRequest(sample: RequestSample): void {
  collected?.record(sample);
}
