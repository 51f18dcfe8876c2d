/** One limit as the database tells it, after this request was counted. */
export interface RateLimit {
  name: string;
  quota: number;
  /** Seconds. */
  window: number;
  remaining: number;
  /** Seconds until all of the quota is back. */
  reset: number;
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-11: what holds for the caller, and what is left of it. */
export function rateLimitHeaders(limits: readonly RateLimit[]): Record<string, string> {
  if (limits.length === 0) return {};
  return {
    "RateLimit-Policy": limits.map(({ name, quota, window }) => `"${name}";q=${quota};w=${window}`).join(", "),
    "RateLimit": limits.map(({ name, remaining, reset }) => `"${name}";r=${remaining};t=${reset}`).join(", "),
  };
}
