import { JobFault } from "../ingest/job_fault.ts";

/** A request that brought nothing useful for a reason that may pass; `fault` is told when it does not. */
export class SourceUnavailable extends Error {
  override name = "SourceUnavailable";

  /** `seconds` is how long the source asked to be left alone. */
  constructor(readonly fault: JobFault, readonly seconds: number | null = null) {
    super(fault.message);
  }
}

const patience = "Sync again later; if that fails too, ask whoever runs the source.";

/** No usable answer came, this time. */
export function unavailable(detail: string, seconds: number | null = null): SourceUnavailable {
  return new SourceUnavailable(new JobFault("source_unavailable", detail, patience), seconds);
}

/** An answer that is not what was asked for; it may be whole the next time. */
export function garbled(detail: string): SourceUnavailable {
  return new SourceUnavailable(
    new JobFault("invalid_answer", detail, "Check `base_url` of the connector: its address must answer with JSON."),
  );
}

/** The answer is JSON, but not in the shape that the connector describes. */
export function drifted(detail: string, remedy: string): JobFault {
  return new JobFault("schema_drift", detail, remedy);
}
