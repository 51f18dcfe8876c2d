import type { Sql } from "../_shared/database.ts";
import { removeObjects } from "../_shared/storage.ts";

/** The Storage API takes up to a thousand; a hundred stay well within a step. */
const batch = 100;

/**
 * Removes a batch of the files that the schedule ingest_files has noted, through the Storage API. A file
 * removed twice, or gone already, is no error.
 */
export async function removeExpiredFiles(sql: Sql): Promise<void> {
  const rows = await sql<{ path: string }[]>`
    select f.path from app.files_to_remove as f order by f.noted_at, f.path limit ${batch}`;
  if (rows.length === 0) return;
  const paths = rows.map(({ path }) => path);
  await removeObjects(paths);
  await sql`delete from app.files_to_remove as f where f.path = any (${paths}::text[])`;
}
