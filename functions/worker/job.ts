import type { Dialect, DialectOverride } from "../_shared/ingest/dialect.ts";

/** One leased message with the job it belongs to, as `app.read_ingest_step` returns them. */
export type Step = {
  message_id: number;
  read_count: number;
  step: "detect" | "load" | "plan" | "merge" | "sync" | "finalize" | "settle" | "cleanup";
  job: Job;
};

/** The parts of `public.ingestion_jobs` the worker uses. */
export type Job = {
  id: string;
  vendor_id: string;
  super_id: string;
  mode: "products" | "customers" | "api_sync";
  params: { dialect?: DialectOverride; mapping?: Record<string, unknown> };
  totals: { bytes: number; inserted: number; updated: number; rows_failed: number };
  checkpoint: Checkpoint;
  dialect: Dialect | null;
  mapping:
    | { columns: { position: number; header: string; targets: unknown[] }[]; fields: Record<string, unknown> }
    | null;
};

/** Where the load stands. `positions` are the columns of the file that the job's table has. */
export type Checkpoint = {
  first_offset: number;
  offset: number;
  rows: number;
  faulty: number;
  positions: number[];
  etag: string | null;
};

/** Where the file of a job lies in the bucket. */
export const uploadPath = (job: Job): string => `${job.vendor_id}/${job.id}/upload`;

/** Where its error file goes. */
export const errorsPath = (job: Job): string => `${job.vendor_id}/${job.id}/errors.csv`;
