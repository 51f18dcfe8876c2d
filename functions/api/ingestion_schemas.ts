import { z } from "@hono/zod-openapi";
import { id, pageOf, paging, timestamp, wholeNumber } from "../_shared/http/fields.ts";
import { delimiters, encodings, quotes } from "../_shared/ingest/dialect.ts";

export const mode = z.enum(["products", "customers"]).openapi({
  description: "What the rows of a file are.",
});

export const modeQuery = z.object({ mode });
export const modeParams = z.object({ mode });

const target = z.strictObject({
  field: z.string().min(1).max(100),
  ops: z.array(z.union([z.string().max(100), z.record(z.string(), z.unknown())])).max(20).optional(),
});

/** Header to field, as `vendor_mappings.map` keeps it. */
export const map = z.record(z.string().min(1).max(500), z.union([target, z.array(target).max(10), z.null()])).openapi({
  description: "Header to `{field, ops}`, a list of those, or null for a column to leave out.",
  example: {
    "Food Code": { field: "external_id" },
    "Energy": { field: "nutrition_100g.calories", ops: ["kj_to_kcal"] },
  },
});

const dialect = z.strictObject({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  quote: z.enum(quotes).nullable().optional(),
  header: z.boolean().optional(),
});

export const createBody = z.strictObject({
  filename: z.string().min(1).max(255).optional(),
  dialect: dialect.optional().openapi({ description: "What is given here is not detected." }),
  mapping: map.optional(),
});

export const uploadTicket = z.strictObject({
  job_id: id,
  super_id: id,
  status: z.literal("queued"),
  upload: z.strictObject({
    protocol: z.literal("tus"),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()),
    chunk_size: z.int(),
    expires_at: timestamp,
  }),
}).openapi("UploadTicket");

const status = z.enum(["queued", "running", "failed", "completed", "canceled"]);
const count = z.int().min(0);

export const job = z.strictObject({
  id,
  super_id: id,
  mode: z.enum(["products", "customers", "api_sync"]),
  status,
  step: z.string().openapi({ description: "upload, detect, load, plan, merge, finalize or done." }),
  progress_pct: z.number().min(0).max(100),
  totals: z.strictObject({
    bytes: count,
    bytes_read: count,
    rows_read: count,
    rows_valid: count,
    rows_failed: count,
    inserted: count,
    updated: count,
    unchanged: count,
  }),
  error: z.looseObject({ code: z.string(), detail: z.string(), remedy: z.string().optional() }).nullable(),
  error_url: z.string().nullable().openapi({ description: "errors.csv for an hour; null without row errors." }),
  attempt: count,
  created_at: timestamp,
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
  params: z.looseObject({}),
  dialect: z.looseObject({}).nullable(),
  mapping: z.array(z.looseObject({})).nullable().openapi({
    description: "Per column: position, header, and the fields it fills with operations, confidence and reason.",
  }),
}).openapi("IngestionJob");

export const jobPage = pageOf(job, "IngestionJobPage");
export const jobsQuery = z.object({ status: status.optional(), mode: job.shape.mode.optional(), ...paging });
export const jobQuery = z.object({
  wait: wholeNumber(0, 25).optional().openapi({
    type: "integer",
    minimum: 0,
    maximum: 25,
    param: { description: "Holds the answer until something changed or so many seconds passed." },
  }),
});

export const jobError = z.strictObject({
  row_no: count,
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  raw: z.looseObject({}).nullable(),
}).openapi("IngestionJobError");

export const errorPage = pageOf(jobError, "IngestionJobErrorPage");
export const errorsQuery = z.object(paging);

export const mappingBody = z.strictObject({ map });
export const mapping = z.strictObject({
  mode,
  version: count.openapi({ description: "0 where none was saved yet." }),
  map: z.record(z.string(), z.unknown()),
  updated_at: timestamp.nullable(),
}).openapi("VendorMapping");

export const previewBody = z.strictObject({
  text: z.string().max(700_000).optional().openapi({ description: "The beginning of the file as text." }),
  base64: z.base64().max(1_000_000).optional().openapi({
    description: "The beginning of the file as its bytes in Base64, where the encoding is to be detected too.",
  }),
  job_id: id.optional().openapi({ description: "A job whose upload is whole, in place of `text` or `base64`." }),
  whole: z.boolean().optional().openapi({
    description: "False where the file goes on behind what is sent, so that a cut last row is left out.",
  }),
  rows: z.int().min(1).max(100).optional().openapi({ description: "How many rows to read; 20 by default." }),
  dialect: dialect.optional(),
  mapping: map.optional(),
}).refine(
  ({ text, base64, job_id }) => [text, base64, job_id].filter((given) => given !== undefined).length === 1,
  "needs one of text, base64 and job_id",
);

const jobFault = z.looseObject({ code: z.string(), detail: z.string(), remedy: z.string().optional() });

export const preview = z.strictObject({
  dialect: z.looseObject({}).nullable().openapi({
    description: "As `dialect` of a job; null for a file that is none.",
  }),
  columns: z.array(z.strictObject({
    position: count,
    header: z.string(),
    targets: z.array(z.strictObject({
      field: z.string(),
      ops: z.array(z.unknown()),
      confidence: z.number(),
      reason: z.string(),
    })),
    sample: z.array(z.string()).openapi({ description: "The first cells that are not blank." }),
  })),
  rows: z.array(z.strictObject({
    row_no: count,
    outcome: z.enum(["inserted", "updated", "unchanged"]),
    stored: z.looseObject({}).openapi({ description: "The whole row as the catalogue would show it." }),
  })),
  errors: z.array(z.strictObject({
    row_no: count,
    field: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })),
  error: jobFault.nullable().openapi({ description: "With what the job of such a file would fail." }),
}).openapi("IngestionPreview");
