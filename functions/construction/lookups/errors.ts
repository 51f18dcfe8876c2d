import { BrokenCircuitError, IsolatedCircuitError, TaskCancelledError } from "cockatiel";
import { isTransient } from "../../_shared/http/errors.ts";

/** What to do after a lookup that failed: go by the slug, go by the slug and tell the operator, or refuse the input. */
export type Recovery = "use_slug" | "use_slug_and_report" | "refuse";

/** A lookup that found no uuid; `code` stands in telemetry, `recovery` says what the caller does about it. */
export class UuidLookupError extends Error {
  override name = "UuidLookupError";

  constructor(readonly code: string, readonly recovery: Recovery, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
  }
}

/** No active service has the slug. */
export class MicroServiceNotFoundError extends UuidLookupError {
  override name = "MicroServiceNotFoundError";

  constructor(readonly slug: string) {
    super("not_found", "use_slug", `there is no service ${slug}`);
  }
}

/** What was asked for cannot be a slug. */
export class InvalidSlugError extends UuidLookupError {
  override name = "InvalidSlugError";

  constructor(given: unknown) {
    super("invalid_slug", "refuse", `not a slug: ${JSON.stringify(given)?.slice(0, 80)}`);
  }
}

/** The database could not be reached, even after retries. */
export class LookupUnavailableError extends UuidLookupError {
  override name = "LookupUnavailableError";

  constructor(cause: unknown) {
    super("database_unavailable", "use_slug", "the database cannot be reached", cause);
  }
}

/** The database took too long. */
export class LookupTimeoutError extends UuidLookupError {
  override name = "LookupTimeoutError";

  constructor(cause: unknown) {
    super("timeout", "use_slug", "the database took too long", cause);
  }
}

/** The database failed so often that it is not asked for a while. */
export class CircuitOpenError extends UuidLookupError {
  override name = "CircuitOpenError";

  constructor(cause: unknown) {
    super("circuit_open", "use_slug", "the database is not asked after repeated failures", cause);
  }
}

/** The failure of a lookup as one of the kinds above; what is none of the expected ones is a mistake to be reported. */
export function toLookupError(error: unknown): UuidLookupError {
  if (error instanceof UuidLookupError) return error;
  if (error instanceof BrokenCircuitError || error instanceof IsolatedCircuitError) return new CircuitOpenError(error);
  if (error instanceof TaskCancelledError) return new LookupTimeoutError(error);
  if (isTransient(error)) return new LookupUnavailableError(error);
  return new UuidLookupError("unexpected", "use_slug_and_report", "the lookup failed", error);
}

/** Whether the job can go on with the slug alone. */
export function isRecoverable(error: UuidLookupError): boolean {
  return error.recovery !== "refuse";
}
