import type { z } from "@hono/zod-openapi";
import type { Claims } from "../_shared/database.ts";
import { countRows, type HttpContext } from "../_shared/http/context.ts";
import { idParams } from "../_shared/http/fields.ts";
import { problem } from "../_shared/http/problems.ts";
import { json, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { remember, rpc } from "../_shared/rpc.ts";
import { settings } from "../_shared/settings.ts";
import { ingestBucket, signDownload, signUpload, StorageUnavailable } from "../_shared/storage.ts";
import * as examples from "./ingestion_examples.ts";
import { registerPreview } from "./ingestion_preview.ts";
import * as schemas from "./ingestion_schemas.ts";

const viewer = { role: "vendor_viewer" } as const;
const operator = { role: "vendor_operator" } as const;

/** What Supabase Storage wants every part of a resumable upload but the last to be. */
const uploadChunkBytes = 6_291_456;
const errorUrlSeconds = 3600;
/** How long a held answer waits before it looks at its job again: first, and at most. */
const leastPollMs = 50;
const mostPollMs = 250;

type Job = z.output<typeof schemas.job>;

/** Files on their way into the catalogue: start one, follow it, cancel it, read what was wrong with its rows. */
export function registerIngestion(service: Service): void {
  registerUpload(service);
  registerPreview(service);
  registerJobs(service);
  registerMappings(service);
}

function registerUpload(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/ingest/csv",
    operationId: "ingestCsv",
    summary: "Start the ingestion of a file",
    description:
      "Makes a job and answers with a signed target for a resumable upload (TUS 1.0). Give `url`, `headers`, " +
      "`metadata` and `chunk_size` to any TUS client as they are. The job starts by itself when the upload is whole.",
    tag: "Ingestion",
    access: operator,
    routeClass: "ingest",
    query: schemas.modeQuery,
    body: schemas.createBody,
    bodyOptional: true,
    bodyExample: { filename: "products.csv" },
    answers: {
      201: {
        description: "The job waits for its upload.",
        schema: schemas.uploadTicket,
        example: examples.ticketExample,
        headers: {
          "X-Super-Id": { description: "The job's workflow id.", schema: { type: "string", format: "uuid" } },
        },
      },
    },
    problems: ["storage-unavailable"],
  }, async ({ c, claims, query, body }) => {
    const created = await rpc(claims, "create_ingestion_job(mode text, params jsonb)", {
      mode: query.mode,
      params: body,
    });
    const { id, super_id } = JSON.parse(created.body) as Job;
    const objectName = `${claims.vendor_id}/${id}/upload`;
    const { token, expiresAt } = await signUpload(objectName).catch(async (error) => {
      // A repeated request finds its job again; without a key nobody would ever know of it.
      if (!c.req.header("idempotency-key")) await rpc(claims, "cancel_ingestion_job(id uuid)", { id });
      throw unavailable(error);
    });
    c.set("superId", super_id);
    countRows(c, { written: 1 });
    const ticket = {
      job_id: id,
      super_id,
      status: "queued",
      upload: {
        protocol: "tus",
        url: `${settings().SUPABASE_URL}/storage/v1/upload/resumable/sign`,
        headers: { "x-signature": token },
        metadata: { bucketName: ingestBucket, objectName, contentType: "text/csv" },
        chunk_size: uploadChunkBytes,
        expires_at: expiresAt.toISOString(),
      },
    };
    const told = await remember(claims, ticket);
    return json(new Date(told.upload.expires_at) > new Date() ? told : ticket, 201);
  });
}

function registerJobs(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/jobs",
    operationId: "listJobs",
    summary: "List ingestion jobs, newest first",
    tag: "Ingestion",
    access: viewer,
    query: schemas.jobsQuery,
    answers: {
      200: {
        description: "A page of jobs.",
        schema: schemas.jobPage,
        example: { data: [examples.jobExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor", "storage-unavailable"],
  }, async ({ c, claims, query: { limit, ...filters } }) => {
    const { body, rows } = await rpc(
      claims,
      "list_ingestion_jobs(status text, mode text, cursor text, page_limit int)",
      { ...filters, page_limit: limit },
    );
    countRows(c, { read: rows });
    const page = JSON.parse(body) as { data: Job[] };
    await Promise.all(page.data.map(signErrorUrl));
    return json(page);
  });

  service.route(
    {
      method: "get",
      path: "/v1/jobs/{id}",
      operationId: "getJob",
      summary: "Show an ingestion job",
      description: "With `wait` the answer is held until the job changes, so that a progress bar needs few requests.",
      tag: "Ingestion",
      access: viewer,
      params: idParams,
      query: schemas.jobQuery,
      answers: { 200: { description: "The job.", schema: schemas.job, example: examples.jobExample } },
      problems: ["storage-unavailable"],
    },
    async ({ c, claims, params, query }) =>
      await jobResponse(c, await waitForChange(c, claims, params.id, query.wait ?? 0)),
  );

  service.route({
    method: "get",
    path: "/v1/jobs/{id}/errors",
    operationId: "listJobErrors",
    summary: "List the row errors of a job, in file order",
    tag: "Ingestion",
    access: viewer,
    params: idParams,
    query: schemas.errorsQuery,
    answers: {
      200: {
        description: "A page of row errors.",
        schema: schemas.errorPage,
        example: { data: [examples.errorExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, params, query }) => {
    const { body, rows } = await rpc(claims, "list_ingestion_errors(job_id uuid, cursor text, page_limit int)", {
      job_id: params.id,
      cursor: query.cursor,
      page_limit: query.limit,
    });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "post",
    path: "/v1/jobs/{id}/cancel",
    operationId: "cancelJob",
    summary: "Cancel a job that has not ended",
    description: "The batch under way is undone; what was merged before stays and stands in `totals`.",
    tag: "Ingestion",
    access: operator,
    params: idParams,
    answers: { 200: { description: "The job, canceled.", schema: schemas.job, example: examples.jobExample } },
    problems: ["conflict"],
  }, async ({ c, claims, params }) => {
    const { body } = await rpc(claims, "cancel_ingestion_job(id uuid)", params);
    countRows(c, { written: 1 });
    return await jobResponse(c, JSON.parse(body) as Job);
  });
}

function registerMappings(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/ingest/mappings/{mode}",
    operationId: "getMapping",
    summary: "Show the vendor's own column mapping",
    tag: "Ingestion",
    access: viewer,
    params: schemas.modeParams,
    answers: {
      200: { description: "The mapping in force.", schema: schemas.mapping, example: examples.mappingExample },
    },
  }, async ({ claims, params }) => jsonText((await rpc(claims, "get_ingest_mapping(mode text)", params)).body));

  service.route({
    method: "put",
    path: "/v1/ingest/mappings/{mode}",
    operationId: "putMapping",
    summary: "Save the vendor's own column mapping",
    description: "Headers named here are mapped as said, before any synonym. Each change is a new version.",
    tag: "Ingestion",
    access: operator,
    params: schemas.modeParams,
    body: schemas.mappingBody,
    bodyExample: { map: examples.mappingExample.map },
    answers: {
      200: { description: "The mapping in force.", schema: schemas.mapping, example: examples.mappingExample },
    },
  }, async ({ c, claims, params, body }) => {
    const saved = await rpc(claims, "put_ingest_mapping(mode text, map jsonb)", { ...params, map: body.map });
    countRows(c, { written: 1 });
    return jsonText(saved.body);
  });
}

/** The job now, or as soon as it differs from now: one indexed row, looked at soon, then four times a second. */
async function waitForChange(c: HttpContext, claims: Claims, id: string, seconds: number): Promise<Job> {
  const read = async () => (await rpc(claims, "get_ingestion_job(id uuid)", { id })).body;
  const until = performance.now() + seconds * 1000;
  const first = await read();
  let latest = first;
  let pollMs = leastPollMs;
  const isOpen = (body: string) => ["queued", "running"].includes((JSON.parse(body) as Job).status);
  while (latest === first && performance.now() < until && !c.req.raw.signal.aborted && isOpen(first)) {
    await new Promise((done) => setTimeout(done, pollMs));
    c.set("heldMs", (c.get("heldMs") ?? 0) + pollMs);
    pollMs = Math.min(pollMs * 1.5, mostPollMs);
    latest = await read();
  }
  countRows(c, { read: 1 });
  return JSON.parse(latest) as Job;
}

async function jobResponse(c: HttpContext, job: Job): Promise<Response> {
  c.set("superId", job.super_id);
  return json(await signErrorUrl(job));
}

/** The database keeps the path of errors.csv; clients get a URL that opens it for an hour. */
async function signErrorUrl(job: Job): Promise<Job> {
  if (job.error_url !== null) {
    job.error_url = await signDownload(job.error_url, errorUrlSeconds, "errors.csv").catch((error) => {
      throw unavailable(error);
    });
  }
  return job;
}

function unavailable(error: unknown) {
  if (!(error instanceof StorageUnavailable)) return error;
  return problem("storage-unavailable", { headers: { "Retry-After": "5" }, cause: error });
}
