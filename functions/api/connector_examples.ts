import { jobExample } from "./ingestion_examples.ts";

/** Examples of the connectors' routes, checked against their schemas by the OpenAPI tests. */
const time = "2026-01-31T09:30:00.000000+00:00";

export const configExample = {
  base_url: "https://api.example.com/v1/items?lang=en",
  auth: { type: "api_key", place: "header", name: "X-Api-Key", key: "the-key" },
  rate_limit_rpm: 60,
  paging: { type: "cursor", param: "cursor", next_path: "meta.next_cursor", size_param: "limit", size: 100 },
  record_path: "items",
  mapping: { "article.number": { field: "external_id" } },
  increments: { param: "updated_after", format: "rfc3339", overlap_seconds: 300 },
};

export const connectorExample = {
  source: "erp",
  preset: null,
  base_url: configExample.base_url,
  auth: { type: "api_key", place: "header", name: "X-Api-Key" },
  has_secret: true,
  rate_limit_rpm: 60,
  paging: configExample.paging,
  record_path: "items",
  explode: null,
  unwrap: [],
  mapping: configExample.mapping,
  increments: configExample.increments,
  max_pages: 10_000,
  enabled: true,
  state: { status: "completed", job_id: jobExample.id, synced_at: time, synced_until: time },
  created_at: time,
  updated_at: time,
};

export const syncExample = {
  ...jobExample,
  mode: "api_sync",
  status: "running",
  step: "sync",
  progress_pct: 0,
  totals: { ...jobExample.totals, bytes: 0, bytes_read: 0, rows_read: 0, rows_valid: 0, rows_failed: 0, inserted: 0 },
  error_url: null,
  finished_at: null,
  params: { source: "erp", updated_after: null },
  dialect: null,
  mapping: null,
};

export const testExample = {
  status: 200,
  bytes: 48_213,
  duration_ms: 240,
  records: 100,
  total: null,
  has_next: true,
  columns: [{
    position: 1,
    header: "article.number",
    targets: [{ field: "external_id", ops: ["trim"], confidence: 1, reason: "given with this upload" }],
    sample: ["A-1", "A-2", "A-3"],
  }],
  rows: [{ row_no: 1, outcome: "inserted", stored: { external_id: "A-1", name: "Oat drink" } }],
  errors: [],
  error: null,
};
