/** The few requests of the API that an ingest needs. Waits out rate limits and short outages; problems become errors. */
import { CommandError } from "../_cli/flags.ts";

/** What `POST /v1/ingest/csv` answers. */
export type CreatedJob = {
  job_id: string;
  super_id: string;
  status: string;
  upload: {
    protocol: "tus";
    url: string;
    headers: Record<string, string>;
    metadata: Record<string, string>;
    chunk_size: number;
    expires_at: string;
  };
};

/** What `GET /v1/jobs/:id` answers. */
export type Job = {
  id: string;
  super_id: string;
  mode: string;
  status: "queued" | "running" | "failed" | "completed" | "canceled";
  step?: string;
  progress_pct: number;
  totals: Record<string, number>;
  error_url: string | null;
  error?: { code?: string; detail?: string; message?: string } | null;
};

/** Yields a token that is valid now; `renew` says that the last one was refused. */
export type TokenSource = (renew: boolean) => Promise<string>;

/** The API as one caller. `base` is `.../functions/v1/api/v1`. */
export type IngestClient = {
  base: string;
  createJob(mode: string, body: Record<string, unknown> | null): Promise<CreatedJob>;
  getJob(id: string, waitSeconds?: number): Promise<Job | null>;
};

const patience = 120_000;

/** Binds the API's address, the caller's token and the vendor (for a user with several) together. */
export function createIngestClient(base: string, token: TokenSource, vendorId?: string): IngestClient {
  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const giveUpAt = Date.now() + patience;
    for (let attempt = 0, renew = false;; attempt++) {
      const wait = Math.min(10_000, 500 * 2 ** attempt);
      try {
        const response = await fetch(`${base}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await token(renew)}`,
            ...(vendorId ? { "x-vendor-id": vendorId } : {}),
            ...(body ? { "content-type": "application/json" } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        if (response.status === 401 && !renew) {
          renew = true;
          await response.body?.cancel();
          continue;
        }
        const isPassing = response.status === 429 || response.status >= 502;
        if (!isPassing || Date.now() > giveUpAt) return response;
        await response.body?.cancel();
        await sleep(Number(response.headers.get("retry-after") ?? 0) * 1000 || wait);
      } catch (error) {
        if (error instanceof CommandError) throw error;
        if (!(error instanceof TypeError) || Date.now() > giveUpAt || (attempt >= 3 && method === "POST")) {
          throw new CommandError(
            `Cannot reach ${base}: ${(error as Error).message}. Is the stack running (npm start)?`,
          );
        }
        await sleep(wait);
      }
    }
  }

  return {
    base,
    async createJob(mode, body) {
      const response = await send("POST", `/ingest/csv?mode=${mode}`, body ?? undefined);
      return await answer(response);
    },
    async getJob(id, waitSeconds) {
      const response = await send("GET", `/jobs/${id}${waitSeconds ? `?wait=${waitSeconds}` : ""}`);
      if (response.status !== 404) return await answer(response);
      await response.body?.cancel();
      return null;
    },
  };
}

type ProblemDocument = { title?: string; detail?: string; errors?: { pointer?: string; detail?: string }[] };

/** The body, or the problem it holds as a line for people. */
async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new CommandError(`${response.url} answered ${response.status} with something that is not JSON.`);
  }
  if (response.ok) return body as T;
  const { title, detail, errors = [] } = body as ProblemDocument;
  const fields = errors.map((error) => `\n  ${error.pointer ?? ""}: ${error.detail ?? ""}`).join("");
  throw new CommandError(`${response.status} ${detail ?? title ?? response.statusText}${fields}`);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
