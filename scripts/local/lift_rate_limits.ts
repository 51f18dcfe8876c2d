/**
 * Raises the platform's limits of a running stack a thousandfold, for tests and benchmarks that send in a second what
 * people send in an hour. Limits that a vendor set for itself stay.
 */
import postgres from "postgres";

export async function liftRateLimits(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`update app.rate_limit_policies set quota = quota * 1000`;
  } finally {
    await sql.end();
  }
}
