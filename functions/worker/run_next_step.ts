import { SourceUnavailable } from "../_shared/connectors/source_fault.ts";
import { JobFault } from "../_shared/ingest/job_fault.ts";
import { safe } from "../_shared/logger.ts";
import { ObjectChanged } from "../_shared/storage.ts";
import { settings } from "../_shared/settings.ts";
import { detect } from "./steps/detect.ts";
import { finalize } from "./steps/finalize.ts";
import { runGenerationStep } from "./steps/generate.ts";
import { load } from "./steps/load.ts";
import { cleanUp, merge, plan } from "./steps/merge.ts";
import { settleCatalogue } from "./steps/settle_catalogue.ts";
import { sync } from "./steps/sync.ts";
import { keepHouse } from "./housekeeping.ts";
import type { Step } from "./job.ts";
import { overtaken, sqlState } from "./sql_state.ts";
import { holdingLease, leaseSeconds } from "./lease.ts";
import { workerDatabase } from "./worker_database.ts";

const steps = { detect, load, plan, merge, sync, finalize, settle: settleCatalogue, cleanup: cleanUp };

/** How often a step may fail for reasons that may pass, and how long it waits each time. */
const retryDelays = [2, 5, 15, 45, 120, 300];

/** A source that asks to be left alone for longer is asked again after this. */
const longestPause = 86_400;

const sweepEveryMs = 20_000;
let sweptAt = 0;

/** Runs the next step of any job; returns how many ran. */
export async function runNextStep(): Promise<number> {
  const sql = workerDatabase();
  if (performance.now() - sweptAt > sweepEveryMs || sweptAt === 0) {
    sweptAt = performance.now();
    await sql`select app.sweep_uploaded_files()`;
  }
  await keepHouse();
  const [row] = await sql<{ step: Step | null }[]>`
    select app.read_ingest_step(${leaseSeconds}::int, ${settings().ODYSSEY_INGEST_CONCURRENCY}::int) as step`;
  const step = row?.step;
  if (!step) return await runGenerationStep();
  const started = performance.now();
  const outcome = await holdingLease("ingest", step.message_id, () => steps[step.step](step)).then(
    () => ({ outcome: "done" }),
    (error) => settle(step, error instanceof ObjectChanged ? replaced() : error),
  );
  logStep(step, performance.now() - started, outcome);
  return 1;
}

/** Decides what becomes of a step that threw: given up, tried again later, or the end of its job. */
async function settle(step: Step, error: unknown): Promise<Record<string, unknown>> {
  const sql = workerDatabase();
  if (sqlState(error) === overtaken) {
    // Canceled or done by another; a message that still matters was queued by whoever was faster.
    await sql`select pgmq.delete('ingest', ${step.message_id}::bigint)`;
    return { outcome: "overtaken" };
  }
  const delay = (isLasting(error) ? retryDelays.slice(0, 1) : retryDelays)[step.read_count - 1];
  if (!(error instanceof JobFault) && delay !== undefined) {
    const asked = error instanceof SourceUnavailable ? Math.min(error.seconds ?? 0, longestPause) : 0;
    const pause = Math.max(delay, asked);
    await sql`select app.retry_ingest_step(${step.job.id}, ${step.message_id}::bigint, ${pause}::int)`;
    return { outcome: "retry", delay_seconds: pause, error: safe(error) };
  }
  const fault = faultOf(step, error);
  await sql`select app.fail_job(${step.job.id}, ${step.message_id}::bigint, ${JSON.stringify(fault)}::text::jsonb)`;
  return { outcome: "failed", code: fault.code, ...(error instanceof JobFault ? {} : { error: safe(error) }) };
}

/** What a job that cannot go on tells its owner. */
function faultOf(step: Step, error: unknown): JobFault {
  if (error instanceof JobFault) return error;
  if (error instanceof SourceUnavailable) {
    const { code, detail, remedy } = error.fault;
    return new JobFault(code, `${detail} It was asked ${step.read_count} times.`, remedy);
  }
  return new JobFault(
    "internal",
    `The step ${step.step} failed ${step.read_count} times.`,
    "Nothing is wrong with the request as such. Upload the file again; if that fails too, report the super_id.",
  );
}

/** Errors of the statement or its data come again however often it runs; one more try rules out a race. */
function isLasting(error: unknown): boolean {
  return /^(22|23|42|54)/.test(sqlState(error) ?? "");
}

function logStep(step: Step, ms: number, outcome: Record<string, unknown>): void {
  if (settings().ODYSSEY_LOG_LEVEL === "silent") return;
  console.log(JSON.stringify({
    time: new Date().toISOString(),
    level: "error" in outcome ? "error" : "info",
    service: "worker",
    job_id: step.job.id,
    super_id: step.job.super_id,
    vendor_id: step.job.vendor_id,
    step: step.step,
    attempt: step.read_count,
    latency_ms: Math.round(ms),
    ...outcome,
  }));
}

function replaced(): JobFault {
  return new JobFault(
    "file_replaced",
    "The uploaded file was replaced or removed while it was read.",
    "Start a new job and leave its upload alone until the job has ended.",
  );
}
