/** What the console reads of the API's answers; `openapi.json` describes them whole. */

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

export interface Membership {
  vendor_id: string;
  vendor_code: string;
  vendor_name: string;
  role: string;
}

export interface Me {
  user: { appwrite_user_id: string; email: string | null; display_name: string | null } | null;
  role: string | null;
  vendor: { id: string; code: string; name: string; status: string } | null;
  memberships: Membership[];
}

export interface Job {
  id: string;
  mode: string;
  status: "queued" | "running" | "failed" | "completed" | "canceled";
  step: string;
  progress_pct: number;
  totals: Record<
    "bytes" | "bytes_read" | "rows_read" | "rows_valid" | "rows_failed" | "inserted" | "updated" | "unchanged",
    number
  >;
  error: { code: string; detail: string; remedy?: string } | null;
  error_url: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  params: { filename?: string };
}

export interface JobError {
  row_no: number;
  field: string | null;
  code: string;
  message: string;
}

export interface Webhook {
  id: string;
  url: string;
  description: string | null;
  events: string[];
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: string | null;
  last_success_at: string | null;
}

export interface Delivery {
  id: string;
  event_type: string;
  status: "blocked" | "pending" | "retrying" | "delivered" | "dead";
  attempts_total: number;
  next_attempt_at: string | null;
  last_error: string | null;
  created_at: string;
  finished_at: string | null;
}

export interface Verification {
  valid: boolean;
  first_broken: { seq: number | null; audit_id: number | null; code: string } | null;
  from_seq: number;
  to_seq: number;
  checked: number;
  next_seq: number | null;
  head: { seq: number; hash: string };
}

export interface AuditEntry {
  id: number;
  timestamp: string;
  actor_client_id: string | null;
  actor_role: string;
  action: string;
  entity: string;
  entity_id: string | null;
  request_id: string | null;
}

export interface Product {
  id: string;
  external_id: string;
  name: string;
  brand: string | null;
  short_description: string | null;
  barcode: string | null;
  price: string | null;
  currency: string;
  status: string;
  allergens: string[] | null;
  may_contain: string[] | null;
  dietary_tags: string[] | null;
  score?: number;
}

export interface ProductPage extends Page<Product> {
  corrected?: { from: string; to: string };
  completed?: boolean;
}

export interface Customer {
  id: string;
  external_id: string;
  full_name: string | null;
}

export interface ScorePart {
  value: number;
  weight: number;
  points: number;
}

export interface NutrientPart {
  kind: string;
  nutrient: string;
  amount: number | null;
  daily: number;
  share: number | null;
  fit: number;
  condition: string;
}

export interface Match {
  product_id: string;
  rank: number;
  score: number;
  breakdown: {
    preference_fit: ScorePart;
    budget_fit: ScorePart & { nutrients: NutrientPart[] };
    recency: ScorePart;
    unknown_allergens: string[];
  };
  reasons: string[];
  product: Product;
}

export interface Matches {
  catalog_version: number;
  cached: boolean;
  generated_at: string;
  results: Match[];
  excluded: Record<string, number>;
}

export interface Overview {
  generated_at: string;
  requests: { minute: string; count: number; errors: number; p50_ms: number | null; p95_ms: number | null }[];
  queues: { name: string; depth: number; oldest_age_seconds: number | null }[];
  jobs: { queued: number; running: number; failed_24h: number; completed_24h: number };
  deliveries: { pending: number; delivered_24h: number; failed_24h: number; dead: number };
  lookups: { hit_rate: number | null; fallback_rate: number | null; breaker: string | null };
  audit: { unsealed: number; last_sealed_at: string | null };
  alerts_firing: number;
}

export interface Alert {
  id: string;
  rule_code: string;
  subject: string;
  status: "pending" | "firing" | "resolved";
  severity: "warning" | "critical";
  metric: string;
  comparison: string;
  threshold: number;
  value: number;
  summary: string;
  runbook: string;
  started_at: string;
  fired_at: string | null;
}

export interface LookupStats {
  last_hour: { lookups: number; avg_ms: number | null; p95_ms: number | null; cache_hit_rate: number | null };
  last_day: {
    lookups: number;
    success_rate: number | null;
    fallback_rate: number | null;
    error_rate: number | null;
  };
  isolate: { circuit: "closed" | "open" | "half_open"; cached: number };
}
