/**
 * Stands for the API and the upload server as `npm run ingest` sees them, with faults on demand: pieces of an
 * upload that break off, a server that lets an upload be made once only, rate limits. Leaves out everything that happens to the file.
 */

/** How the stand-in behaves; `drops` is how many pieces break off half-way. */
export type StandBehaviour = {
  drops?: number;
  refusals?: number;
  outcome?: "completed" | "failed";
  /** An upload can be made once only for each job. */
  once?: boolean;
};

/** What arrived: bytes by upload, jobs made, tokens seen. */
export type IngestStand = {
  url: string;
  received: Map<string, number>;
  jobs: string[];
  behaviour: Required<StandBehaviour>;
  stop(): Promise<void>;
};

type Job = { id: string; polls: number };

/** Starts the stand-in on a free port. */
export function startIngestStand(behaviour: StandBehaviour = {}): IngestStand {
  const received = new Map<string, number>();
  const sizes = new Map<string, number>();
  const jobs = new Map<string, Job>();
  const how = { drops: 0, refusals: 0, outcome: "completed" as const, once: false, ...behaviour };

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, onError: broken },
    async (request) => {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/upload")) return await upload(request, url);
      if (how.refusals > 0) {
        how.refusals -= 1;
        return Response.json({ title: "Too Many Requests" }, { status: 429, headers: { "retry-after": "1" } });
      }
      if (url.pathname.endsWith("/ingest/csv")) return createJob(url);
      return jobAnswer(url.pathname.split("/").pop() ?? "");
    },
  );
  const base = `http://127.0.0.1:${server.addr.port}`;

  function createJob(url: URL): Response {
    if (url.searchParams.get("mode") === "customers") {
      return Response.json({ title: "Forbidden", detail: "Needs vendor_operator." }, { status: 403 });
    }
    const id = crypto.randomUUID();
    jobs.set(id, { id, polls: 0 });
    const uploadTarget = {
      protocol: "tus",
      url: `${base}/upload`,
      headers: { "x-signature": id },
      metadata: { bucketName: "ingest", objectName: `vendor/${id}/upload` },
      chunk_size: 6291456,
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    };
    return Response.json({ job_id: id, super_id: crypto.randomUUID(), status: "queued", upload: uploadTarget }, {
      status: 201,
    });
  }

  function jobAnswer(id: string): Response {
    const job = jobs.get(id);
    if (!job) return Response.json({ title: "Not Found" }, { status: 404 });
    const isWhole = received.get(id) !== undefined && received.get(id) === sizes.get(id);
    if (isWhole) job.polls += 1;
    const status = !isWhole ? "queued" : job.polls < 2 ? "running" : how.outcome;
    return Response.json({
      ...{ id, super_id: id, mode: "products", status, progress_pct: isWhole ? job.polls * 50 : 0 },
      totals: { rows_read: 10, inserted: 9, updated: 0, unchanged: 0, rows_failed: 1 },
      error_url: status === "completed" ? `${base}/api/v1/jobs/errors.csv` : null,
      error: status === "failed" ? { code: "no_identity", detail: "No column holds external_id." } : null,
    });
  }

  async function upload(request: Request, url: URL): Promise<Response> {
    const headers = { "tus-resumable": "1.0.0" };
    const id = request.headers.get("x-signature") ?? "";
    if (request.method === "POST") {
      if (how.once && sizes.has(id)) return new Response("exists", { status: 403, headers });
      received.set(id, 0);
      sizes.set(id, Number(request.headers.get("upload-length")));
      return new Response(null, { status: 201, headers: { ...headers, location: `${url.origin}/upload/${id}` } });
    }
    if (!received.has(id)) return new Response("gone", { status: 404, headers });
    if (request.method === "PATCH") {
      let offset = Number(request.headers.get("upload-offset"));
      for await (const chunk of request.body ?? []) {
        offset += chunk.length;
        received.set(id, offset);
        if (how.drops > 0 && offset > 1_000_000) {
          how.drops -= 1;
          throw new Error("connection lost on purpose");
        }
      }
      return new Response(null, { status: 204, headers: { ...headers, "upload-offset": String(offset) } });
    }
    return new Response(null, {
      status: 200,
      headers: { ...headers, "upload-offset": String(received.get(id)), "upload-length": String(sizes.get(id)) },
    });
  }

  function broken(): Response {
    return new Response(null, { status: 500 });
  }

  return {
    url: base,
    received,
    get jobs() {
      return [...jobs.keys()];
    },
    behaviour: how,
    stop: () => server.shutdown(),
  };
}
