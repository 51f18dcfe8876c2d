/** Examples of the ingestion routes, checked against their schemas by the OpenAPI tests. */
const id = "7d0a3c3e-5f0b-4d43-9c0e-1a5b8c0e7f11";
const superId = "0d9f3c1e-6a5b-4a9e-8b55-3a0e4b1f2c77";

export const ticketExample = {
  job_id: id,
  super_id: superId,
  status: "queued",
  upload: {
    protocol: "tus",
    url: "http://127.0.0.1:54321/storage/v1/upload/resumable/sign",
    headers: { "x-signature": "eyJ..." },
    metadata: {
      bucketName: "ingest",
      objectName: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11/7d0a3c3e-5f0b-4d43-9c0e-1a5b8c0e7f11/upload",
      contentType: "text/csv",
    },
    chunk_size: 6291456,
    expires_at: "2026-01-31T11:30:00.000Z",
  },
};

export const jobExample = {
  id,
  super_id: superId,
  mode: "products",
  status: "completed",
  step: "done",
  progress_pct: 100,
  totals: {
    bytes: 722093,
    bytes_read: 722093,
    rows_read: 494,
    rows_valid: 493,
    rows_failed: 1,
    inserted: 493,
    updated: 0,
    unchanged: 0,
  },
  error: null,
  error_url: "http://127.0.0.1:54321/storage/v1/object/sign/ingest/.../errors.csv?token=eyJ...",
  attempt: 0,
  created_at: "2026-01-31T09:30:00.000000Z",
  started_at: "2026-01-31T09:30:04.000000Z",
  finished_at: "2026-01-31T09:30:06.000000Z",
  params: { filename: "products.csv" },
  dialect: { encoding: "utf-8", bom_bytes: 0, delimiter: ",", quote: '"', newline: "\n", header: true },
  mapping: [{
    position: 1,
    header: "code",
    targets: [{ field: "external_id", ops: ["trim"], confidence: 0.9, reason: "header" }],
  }],
};

export const errorExample = {
  row_no: 17,
  field: "barcode",
  code: "barcode_damaged",
  message: "3.25E+12 is a barcode that a spreadsheet rounded; format the column as text and export it again.",
  raw: { code: "3.25E+12", product_name: "Rice" },
};

export const mappingExample = {
  mode: "products",
  version: 3,
  map: { "Food Code": { field: "external_id" } },
  updated_at: "2026-01-31T09:30:00.000000Z",
};

export const previewExample = {
  dialect: jobExample.dialect,
  columns: [{
    position: 1,
    header: "sku",
    targets: [{ field: "external_id", ops: ["trim"], confidence: 1, reason: "known header" }],
    sample: ["A-1"],
  }],
  rows: [{ row_no: 1, outcome: "inserted", stored: { external_id: "A-1", name: "Oat drink", price: "2.50" } }],
  errors: [{ row_no: 2, field: "name", code: "required", message: "name is required and cannot be blank." }],
  error: null,
};
