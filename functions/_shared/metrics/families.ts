/** What kind a metric is and what it means, as Prometheus is told; `app.metric_samples` gives the gauges' values. */
export interface Family {
  name: string;
  type: "counter" | "gauge" | "histogram";
  help: string;
}

const gauge = (name: string, help: string): Family => ({ name: `odyssey_${name}`, type: "gauge", help });
const counter = (name: string, help: string): Family => ({ name: `odyssey_${name}`, type: "counter", help });

/** Requests by service, method, route and status. */
export const requestsFamily = counter("http_requests_total", "Requests answered.");

/** Requests that a rate limit refused. */
export const refusalsFamily = counter("rate_limit_refusals_total", "Requests refused by a rate limit (429).");

/** How long requests took. */
export const durationFamily: Family = {
  name: "odyssey_http_request_duration_seconds",
  type: "histogram",
  help: "Time from a request's arrival to its answer, without time the caller asked to wait.",
};

/** Everything that goes up and down. */
export const gaugeFamilies: readonly Family[] = [
  gauge("queue_depth", "Entries that wait in a queue."),
  gauge("queue_oldest_age_seconds", "Age of a queue's oldest entry; 0 when nothing waits."),
  gauge("jobs", "Open jobs by kind and status."),
  gauge("jobs_ended_last_day", "Jobs that ended in the last 24 hours by kind and status."),
  gauge("job_rows_last_day", "Rows of ingestion jobs that ended in the last 24 hours by kind and outcome."),
  gauge(
    "generation_users_last_day",
    "Synthetic users of runs that moved in the last 24 hours, and what making them took.",
  ),
  gauge("webhook_deliveries", "Webhook deliveries that wait, and dead letters."),
  gauge("webhook_deliveries_ended_last_day", "Webhook deliveries that ended in the last 24 hours by status."),
  gauge("lookups_last_hour", "Service lookups of the last hour."),
  gauge("lookup_hit_ratio", "Share of the last hour's lookups answered from memory."),
  gauge("lookup_fallback_ratio", "Share of the last hour's lookups answered with the slug alone."),
  gauge("lookup_success_ratio", "Share of the last hour's lookups that found a uuid."),
  gauge("lookup_mean_seconds", "Mean time of the last hour's lookups."),
  gauge("lookup_open_circuits", "Processes whose circuit before the database is open."),
  gauge("audit_unsealed_rows", "Audit entries without a seal."),
  gauge("audit_oldest_unsealed_seconds", "Age of the oldest audit entry without a seal; 0 without any."),
  gauge("audit_last_sealed_timestamp_seconds", "Time of the newest sealed audit entry."),
  gauge("database_connections", "Client connections to the database by state."),
  gauge("database_connections_max", "Connections the database takes at most."),
  gauge("replica_lag_seconds", "How far the slowest read replica was behind when it last replayed."),
  gauge("replica_lag_bytes", "Log that the slowest read replica has not replayed yet."),
  gauge("table_bytes", "Size of a table on disk with its indexes and partitions, measured every ten minutes."),
  gauge("table_rows", "Rows of a table as of its last analyze."),
  gauge("table_partitions", "Partitions of a table; 1 for a table without any."),
  gauge("table_largest_partition_bytes", "Size of a table's largest partition."),
  gauge("schedules_failed", "Scheduled chores whose last run failed."),
  gauge("alerts", "Open alerts by rule, severity and status."),
];
