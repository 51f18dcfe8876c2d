/** What loading a large file costs the worker: the most memory it holds, and the CPU time for each 100 MB. */
import { Readable } from "node:stream";
import * as tus from "tus-js-client";
import postgres from "postgres";
import type { Benchmark, Report } from "../../scripts/bench/benchmark.ts";
import { productFile } from "./data/ingest_rows.ts";

const megabyte = 1024 * 1024;

export const benchmark: Benchmark = {
  description: "memory and CPU of the worker while it loads a file (--rows 3000000 is about 1 GB)",
  fill: false,
  async run({ rows, api, token, dbUrl }): Promise<Report> {
    const worker = workerProcess();
    const head = productFile(1000);
    const lineEnd = head.indexOf(10) + 1;
    const block = head.subarray(lineEnd);
    const blocks = Math.ceil(rows / 1000);
    const size = lineEnd + blocks * block.length;
    const job = await upload({ api, token }, size, function* () {
      yield head.subarray(0, lineEnd);
      for (let i = 0; i < blocks; i++) yield block;
    });
    const sql = postgres(dbUrl, { max: 1, onnotice: () => {} });
    const begun = sample(worker);
    let peak = begun.resident;
    let loaded = begun.cpuMs;
    for (;;) {
      const [state] = await sql<{ step: string; status: string }[]>`
        select step, status from public.ingestion_jobs where id = ${job}`;
      const now = sample(worker);
      peak = Math.max(peak, now.resident);
      loaded = now.cpuMs;
      if (!["upload", "detect", "load"].includes(state!.step)) break;
      if (["failed", "canceled"].includes(state!.status)) throw new Error(`the job ended ${state!.status}`);
      await new Promise((done) => setTimeout(done, 20));
    }
    await fetch(`${api}/jobs/${job}/cancel`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    await sql.end();
    const data = {
      file_mb: Math.round(size / megabyte),
      peak_mb: Math.round(peak / megabyte),
      cpu_ms_per_100_mb: Math.round((loaded - begun.cpuMs) / (size / (100 * megabyte))),
    };
    const text =
      `ingest_memory: a file of ${data.file_mb} MB; the worker held ${data.peak_mb} MB at most (bound: 256) and ` +
      `took ${data.cpu_ms_per_100_mb} ms of CPU for 100 MB of the load (bound: 500)`;
    return { text, data };
  },
};

/** Uploads a file that is never whole in memory, and returns its job. */
async function upload({ api, token }: { api: string; token: string }, size: number, parts: () => Iterable<Uint8Array>) {
  const headers = { authorization: `Bearer ${token}` };
  const created = await (await fetch(`${api}/ingest/csv?mode=products`, { method: "POST", headers })).json();
  await new Promise<void>((done, fail) => {
    new tus.Upload(Readable.from(parts(), { objectMode: false }), {
      endpoint: created.upload.url,
      headers: created.upload.headers,
      metadata: created.upload.metadata,
      chunkSize: created.upload.chunk_size,
      uploadSize: size,
      onSuccess: () => done(),
      onError: fail,
    }).start();
  });
  return created.job_id as string;
}

/** The process that serves the function `worker` on this machine: Linux shows its command. */
function workerProcess(): number {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const command = read(`/proc/${name}/cmdline`).replaceAll("\0", " ");
    if (command.includes("functions/worker/index.ts") && isOurs(Number(name))) return Number(name);
  }
  throw new Error("the worker of this stack cannot be found; this benchmark needs Linux");
}

/** Whether a process descends from this one: others' stacks may run on the machine. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === Deno.pid) return true;
    at = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${at}/status`))?.[1] ?? 0);
  }
  return false;
}

function sample(pid: number): { resident: number; cpuMs: number } {
  const resident = Number(/^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
  const fields = read(`/proc/${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  // User and system time, in hundredths of a second.
  return { resident, cpuMs: (Number(fields[11]) + Number(fields[12])) * 10 };
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
