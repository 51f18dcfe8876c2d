import type { Dialect } from "../../_shared/ingest/dialect.ts";
import { isErrorFile, sourceJob } from "../../_shared/ingest/error_file.ts";
import { emptyFile, inspectHead, type Inspection, requireIdentity } from "../../_shared/ingest/inspect_head.ts";
import { JobFault } from "../../_shared/ingest/job_fault.ts";
import { readBytes, signDownload } from "../../_shared/storage.ts";
import { type Job, type Step, uploadPath } from "../job.ts";
import { workerDatabase } from "../worker_database.ts";

const headBytes = 512 * 1024;
const sampleBytes = 64 * 1024;

/** Postgres tables end at 1600 columns and rows at 8 kB; wider files are loaded by their mapped columns only. */
const widestCopy = 600;

/** Reads the head and samples of the file, decides how it is written and which column is what. */
export async function detect({ job, message_id }: Step): Promise<void> {
  if (job.totals.bytes === 0) throw emptyFile();
  const { samples, size, etag } = await readSamples(job);
  const whole = samples[0]!.length === size;
  const seen = inspectHead(samples, { whole, override: job.params.dialect ?? {} });
  const mapping = isErrorFile(seen.names) ? await readAsSource(job, seen) : await compileMapping(job, seen);
  requireIdentity(job.mode, mapping.fields, seen);
  const mapped = mapping.columns.filter((column) => column.targets.length > 0).map((column) => column.position);
  const takesAll = seen.names.length <= widestCopy && !seen.dialect.corrects;
  const positions = takesAll ? seen.names.map((_, index) => index + 1) : mapped;
  await workerDatabase()`
    select app.finish_detect(
      job_id => ${job.id}, message_id => ${message_id}::bigint, dialect => ${JSON.stringify(seen.dialect)}::text::jsonb,
      mapping => ${JSON.stringify(mapping)}::text::jsonb, positions => ${positions}::int[],
      first_offset => ${seen.firstOffset}::bigint, bytes => ${size}::bigint, etag => ${etag}
    )`;
}

async function readSamples(job: Job) {
  const url = await signDownload(uploadPath(job), 600);
  const { bytes: head, size, etag } = await readBytes(url, 0, headBytes, null);
  const samples: Uint8Array[] = [head];
  for (const share of [0.4, 0.7, 1]) {
    const to = Math.floor(size * share);
    // An even start keeps UTF-16 units whole.
    const from = Math.max(to - sampleBytes, head.length) & ~1;
    if (to - from >= 16) samples.push((await readBytes(url, from, to, etag)).bytes);
  }
  return { samples, size, etag };
}

/** A corrected errors.csv: its rows are those of the job it came from, read by that job's dialect and mapping. */
async function readAsSource(job: Job, seen: Inspection): Promise<NonNullable<Job["mapping"]>> {
  const sourceId = sourceJob(seen.rows);
  const [row] = await workerDatabase()<{ source: Source | null }[]>`
    select app.corrected_job(${job.id}, ${sourceId}::uuid) as source`;
  if (!sourceId || !row?.source) throw unknownSource();
  const { dialect, mapping } = row.source;
  const { delimiter, quote } = dialect.corrects ?? dialect;
  seen.dialect.corrects = { job_id: sourceId, delimiter, quote };
  seen.names = mapping.columns.map((column) => column.header);
  return job.params.mapping ? await compileMapping(job, { ...seen, recognised: {} }) : mapping;
}

type Source = { dialect: Dialect; mapping: NonNullable<Job["mapping"]> };

function unknownSource(): JobFault {
  return new JobFault(
    "unknown_source",
    "The file is an errors.csv, but its rows do not name a job of this vendor and mode that they come from.",
    'Correct the cells inside "raw" of an errors.csv as it was downloaded, keep its "#job_id", and upload that file.',
  );
}

async function compileMapping(job: Job, { names, recognised }: Inspection): Promise<NonNullable<Job["mapping"]>> {
  const requested = job.params.mapping ? JSON.stringify(job.params.mapping) : null;
  const [row] = await workerDatabase()<{ mapping: NonNullable<Job["mapping"]> }[]>`
    select app.compile_ingest_mapping(
      ${job.vendor_id}, ${job.mode}, ${names}::text[], ${requested}::text::jsonb,
      ${JSON.stringify(recognised)}::text::jsonb
    ) as mapping`;
  return row!.mapping;
}
