import { Readable } from "node:stream";
import { to as copyTo } from "pg-copy-streams";
import { uploadStream } from "../../_shared/storage.ts";
import { errorsPath, type Step } from "../job.ts";
import { withCopyConnection, workerDatabase } from "../worker_database.ts";

/** Writes errors.csv and completes the job. */
export async function finalize({ job, message_id }: Step): Promise<void> {
  const sql = workerDatabase();
  await sql`select app.bound_job_errors(${job.id})`;
  const [row] = await sql<{ has_errors: boolean }[]>`
    select exists (select from public.ingestion_job_errors where job_id = ${job.id}) as has_errors`;
  const path = row!.has_errors ? errorsPath(job) : null;
  if (path) await writeErrors(job.id, path);
  await sql`select app.complete_job(${job.id}, ${message_id}::bigint, ${path})`;
}

/** Streams the rows of errors.csv from Postgres, which writes the CSV, to Storage: neither end holds them all. */
async function writeErrors(jobId: string, path: string): Promise<void> {
  await withCopyConnection(async (client) => {
    const statement =
      (await client.query<{ statement: string }>("select app.errors_csv_statement($1) as statement", [jobId]))
        .rows[0]!.statement;
    const stream = client.query(copyTo(statement));
    const body = Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>;
    await uploadStream(path, body, "text/csv; charset=utf-8");
  });
}
