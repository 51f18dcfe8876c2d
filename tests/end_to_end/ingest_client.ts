/** Brings files into the running stack as any client would: the api's answer handed to a stock TUS client, then waiting. */
import { Buffer } from "node:buffer";
import * as tus from "tus-js-client";
import { apiClient, type Person } from "./people.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

export const api = await apiClient();

/** Asks for a job; the answer tells where its file goes. */
export async function createJob(person: Person, body: Json = {}, mode = "products"): Promise<Json> {
  const answer = await api.ask("POST", "/v1/ingest/csv", { token: person.token, query: { mode }, body });
  if (answer.status !== 201) throw new Error(`no job: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Uploads with exactly what the api answered. */
export function upload({ upload: target }: Json, bytes: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    new tus.Upload(Buffer.from(bytes), {
      endpoint: target.url,
      headers: target.headers,
      metadata: target.metadata,
      chunkSize: target.chunk_size,
      uploadSize: bytes.length,
      retryDelays: [0, 500],
      onSuccess: () => done(),
      onError: fail,
    }).start();
  });
}

/** Follows a job to its end by long polls; `see` is shown every state. */
export async function followJob(
  person: Person,
  id: string,
  see: (job: Json) => void | Promise<void> = () => {},
): Promise<Json> {
  for (let polls = 0; polls < 60; polls++) {
    const { body } = await api.ask("GET", `/v1/jobs/${id}`, { token: person.token, query: { wait: 5 } });
    await see(body);
    if (body.finished_at) return body;
  }
  throw new Error(`job ${id} does not end`);
}

/** A file from nothing to its finished job. */
export async function ingest(
  person: Person,
  content: Uint8Array | string,
  body: Json = {},
  mode = "products",
): Promise<Json> {
  const job = await createJob(person, body, mode);
  await upload(job, typeof content === "string" ? new TextEncoder().encode(content) : content);
  return await followJob(person, job.job_id);
}
