/** Errors as Supabase Storage shows them: `{ statusCode, code, error, message }`. */
import postgres from "postgres";
import { InvalidCredentials } from "../caller.ts";

export class StorageError extends Error {
  /** `status` is what the body says; `error` is the older name some clients still read. */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly error: string = code,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  render(): Record<string, string> {
    return { statusCode: String(this.status), code: this.code, error: this.error, message: this.message };
  }

  /**
   * The hosted service answers HTTP 400 to whatever the client did wrong and tells the kind in the body alone.
   * TUS and Range have statuses of their own, so those callers pass `exact`.
   */
  response({ exact = false, withBody = true } = {}): Response {
    const status = exact || this.status === 416 || this.status >= 500 ? this.status : 400;
    const headers = { "content-type": "application/json; charset=utf-8", ...this.headers };
    return new Response(withBody ? JSON.stringify(this.render()) : null, { status, headers });
  }
}

export const errors = {
  noSuchBucket: () => new StorageError(404, "NoSuchBucket", "Bucket not found", "Bucket not found"),
  noSuchKey: () => new StorageError(404, "NoSuchKey", "Object not found", "not_found"),
  noSuchUpload: () => new StorageError(404, "NoSuchUpload", "Upload not found"),
  noSuchRoute: (what: string) => new StorageError(404, "not_found", `Route ${what} not found`, "Not Found"),
  alreadyExists: () => new StorageError(409, "KeyAlreadyExists", "The resource already exists", "Duplicate"),
  bucketNotEmpty: () =>
    new StorageError(409, "ResourceNotEmpty", "The bucket you tried to delete is not empty", "InvalidRequest"),
  accessDenied: (message = "Access denied") => new StorageError(403, "AccessDenied", message, "Unauthorized"),
  invalidKey: (key: string) => new StorageError(400, "InvalidKey", `Invalid key: ${key}`),
  invalidBucketName: () => new StorageError(400, "InvalidBucketName", "Bucket name invalid", "Invalid Input"),
  invalidParameter: (message: string) => new StorageError(400, "InvalidParameter", message, "InvalidRequest"),
  invalidMimeType: (type: string) =>
    new StorageError(415, "InvalidMimeType", `mime type ${type} is not supported`, "invalid_mime_type"),
  tooLarge: () =>
    new StorageError(413, "EntityTooLarge", "The object exceeded the maximum allowed size", "Payload too large"),
  missingSignature: () => new StorageError(400, "InvalidSignature", "Missing x-signature header"),
  wrongSignature: () => new StorageError(403, "SignatureDoesNotMatch", "Signature does not match"),
  expiredSignature: () => new StorageError(400, "ExpiredToken", "The provided token has expired."),
  invalidRange: (size: number) =>
    new StorageError(416, "InvalidRange", "invalid range provided", "invalid_range", {
      "content-range": `bytes */${size}`,
    }),
};

/** Turns whatever was thrown into the error the client sees. Anything unforeseen is a 500 without internals. */
export function toStorageError(thrown: unknown): StorageError {
  if (thrown instanceof StorageError) return thrown;
  if (thrown instanceof InvalidCredentials) {
    const code = thrown.reason === "unknown_key" ? "AccessDenied" : "InvalidJWT";
    return new StorageError(403, code, thrown.message, "Unauthorized");
  }
  if (thrown instanceof postgres.PostgresError) return ofDatabase(thrown);
  console.error("storage:", thrown);
  return new StorageError(500, "InternalError", "Internal server error");
}

function ofDatabase(error: postgres.PostgresError): StorageError {
  switch (error.code) {
    case "42501":
      return errors.accessDenied(error.message);
    case "23505":
      return errors.alreadyExists();
    case "23503":
      return errors.noSuchBucket();
    case "22001":
    case "22003":
    case "22P02":
    case "22023":
      return errors.invalidParameter(error.message);
    default:
      return new StorageError(500, "DatabaseError", error.message);
  }
}
