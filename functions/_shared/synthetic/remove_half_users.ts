import type { Sql } from "../database.ts";
import type { AuthAdmin } from "./create_user_with_retry.ts";
import { type Deleted, deleteGenerated } from "./delete_generated.ts";

const batch = 100;
const budgetMs = 20_000;

/** Removes users of a run that were left without a profile: by a killed process, an answer that never came. */
export function removeHalfUsers(
  runId: string,
  { sql, auth, parallel }: { sql: Sql; auth: AuthAdmin; parallel: number },
): Promise<Deleted> {
  return deleteGenerated({
    auth,
    parallel,
    budget: budgetMs,
    find: async () =>
      (await sql<{ id: string }[]>`select id from app.half_users(${runId}, ${batch})`).map(({ id }) => id),
  });
}
