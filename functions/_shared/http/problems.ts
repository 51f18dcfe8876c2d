/**
 * Every kind of problem the API answers with: the one source of slugs, titles, statuses and of the pages at
 * `/problems/<slug>`. SQL raises by the same slugs (`app.raise_problem`); a test holds both to each other.
 */

export interface ProblemKind {
  status: number;
  title: string;
  /** What happened and what to do about it: the text of the problem's page. */
  about: string;
}

export const problems = {
  "invalid-input": {
    status: 400,
    title: "The request is not valid",
    about: "A parameter, a header or the body does not fit its description. `errors` names each place by a JSON " +
      "pointer and says what to send instead. Nothing was changed.",
  },
  "malformed-json": {
    status: 400,
    title: "The body is not JSON",
    about:
      "The body could not be read as JSON in UTF-8, or it is nested too deeply. `detail` says where reading stopped.",
  },
  "invalid-cursor": {
    status: 400,
    title: "The cursor is not valid",
    about: "A cursor belongs to the list, the filters and the vendor it was given for, and must be sent unchanged. " +
      "Start again without a cursor.",
  },
  "invalid-items": {
    status: 400,
    title: "The batch was not applied",
    about: "The batch was sent with atomic=true and at least one item is not valid, so none was applied. `errors` " +
      "names the items; correct them, or send without atomic to apply the good ones.",
  },
  unauthorized: {
    status: 401,
    title: "A valid token is needed",
    about: "Send `Authorization: Bearer <token>` with a current Appwrite JWT (`account.createJWT()`; it lives for 15 " +
      "minutes). Tokens that expired, were altered, or whose session ended are refused.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    about: "The token is good, but what was asked is not open to its owner.",
  },
  "insufficient-role": {
    status: 403,
    title: "The role does not allow this",
    about: "The member's role is too low for the request. The roles are, from low to high, vendor_viewer, " +
      "vendor_operator, vendor_admin. A vendor_admin can change a member's role.",
  },
  "missing-permission": {
    status: 403,
    title: "The client lacks a permission",
    about: "Service clients hold permissions such as super_id:generate. An administrator grants them to the client.",
  },
  "no-membership": {
    status: 403,
    title: "Not a member of any vendor",
    about: "The user is known to Appwrite but belongs to no vendor here. A vendor_admin can add them as a member.",
  },
  "not-a-member": {
    status: 403,
    title: "Not a member of this vendor",
    about: "`X-Vendor-Id` names a vendor the user does not belong to. Leave the header out, or name one of their own.",
  },
  "no-vendor": {
    status: 403,
    title: "The request is not made for a vendor",
    about: "The path is about one vendor's data, and the caller acts for none: a service client, or a superadmin " +
      "without a break-glass session.",
  },
  "vendor-suspended": {
    status: 403,
    title: "The vendor is suspended",
    about: "Nothing of a suspended vendor can be read or written until the platform reactivates it.",
  },
  "not-found": {
    status: 404,
    title: "Not found",
    about: "There is no such resource, or it belongs to another vendor: which of the two is never told.",
  },
  "method-not-allowed": {
    status: 405,
    title: "The method is not allowed here",
    about: "The path exists, but not for this method. The `Allow` header lists the methods it takes.",
  },
  conflict: {
    status: 409,
    title: "In conflict with what is stored",
    about: "The request is well formed but cannot be applied to the present state; `detail` says why.",
  },
  "already-exists": {
    status: 409,
    title: "Already exists",
    about: "Something with the same unique value (a code, a barcode, an external_id) is stored already.",
  },
  "vendor-exists": {
    status: 409,
    title: "There is such a vendor already",
    about: "Another vendor has this code. Choose another.",
  },
  "synonym-taken": {
    status: 409,
    title: "The synonym means something else already",
    about: "Within one dictionary a synonym points at one canonical word. Remove it from the other entry first.",
  },
  "append-only": {
    status: 409,
    title: "The record cannot be changed",
    about: "Records of this kind are only ever added; nobody changes or removes them.",
  },
  "concurrent-change": {
    status: 409,
    title: "Changed at the same time by another request",
    about: "Two requests wrote the same rows at once and this one was undone. Send it again.",
  },
  "in-use": {
    status: 409,
    title: "Still in use",
    about:
      "Other rows refer to this one, or the request refers to one that is not there. Change or delete those first.",
  },
  "no-health-profile": {
    status: 409,
    title: "The customer has no health profile",
    about: "Matches are made from a health profile; without one nothing is known of what to avoid. Store it with " +
      "PUT /v1/customers/{id}/health.",
  },
  "consent-required": {
    status: 409,
    title: "The customer has not agreed",
    about:
      "Health data is kept and shown only while the customer agrees to it. Record their consent to `health_data` " +
      "first.",
  },
  "last-admin": {
    status: 409,
    title: "The last admin stays",
    about: "A vendor has at least one active vendor_admin. Make another member one before this one is changed, " +
      "suspended or removed.",
  },
  "idempotency-key-in-use": {
    status: 409,
    title: "The first request is still running",
    about:
      "Another request with the same Idempotency-Key has not ended yet. Send this one again a little later; then " +
      "it gets the answer of the first.",
  },
  "vendor-ambiguous": {
    status: 409,
    title: "Which vendor?",
    about: "The user belongs to several vendors. Name one of them with the header `X-Vendor-Id`; " +
      "`GET /v1/memberships` lists them.",
  },
  "payload-too-large": {
    status: 413,
    title: "The body is too large",
    about: "Bodies may have 1 MiB, batch upserts 32 MiB. Send fewer items at a time; files go through /v1/ingest/csv.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "The content type is not supported",
    about: "Send JSON with `Content-Type: application/json`, uncompressed, in UTF-8.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The Idempotency-Key belongs to another request",
    about:
      "The key was sent before with another body or query, and its work was done. A key names one request for 24 " +
      "hours; use a new one. A request that was refused leaves its key free.",
  },
  "rate-limited": {
    status: 429,
    title: "Too many requests",
    about: "A limit is used up: of the user, of all members of the vendor together, or of new ingestion jobs. " +
      "`Retry-After` and the `RateLimit` header say when the next request is let through.",
  },
  "internal-error": {
    status: 500,
    title: "Something went wrong on our side",
    about: "The request failed for a reason that is not in it. `request_id` finds it in our logs.",
  },
  "database-unavailable": {
    status: 503,
    title: "The database cannot be reached",
    about: "Nothing was changed, or the change was undone. Send the same request again after `Retry-After` seconds.",
  },
  "database-busy": {
    status: 503,
    title: "The database is busy",
    about: "The statement waited too long or lost against another one and was undone. Send the same request again " +
      "after `Retry-After` seconds.",
  },
  "storage-unavailable": {
    status: 503,
    title: "The file storage cannot be reached",
    about: "No upload or download could be prepared. Nothing was changed. Try again after `Retry-After` seconds.",
  },
  "identity-provider-unavailable": {
    status: 503,
    title: "The identity provider cannot be reached",
    about:
      "The token could not be checked, so it was neither accepted nor refused. Try again after `Retry-After` seconds.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemSlug = keyof typeof problems;

/** One fault at one place: `pointer` is a JSON pointer into the body, or `/name` of a parameter. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemOptions {
  detail?: string | undefined;
  errors?: FieldError[] | undefined;
  headers?: Record<string, string> | undefined;
  cause?: unknown;
}

/** A problem on its way out: throw it from anywhere below a route. */
export class HttpProblem extends Error {
  override name = "HttpProblem";
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(readonly slug: string, readonly status: number, options: ProblemOptions & { title?: string } = {}) {
    const kind: ProblemKind | undefined = isProblemSlug(slug) ? problems[slug] : undefined;
    const title = options.title ?? kind?.title ?? "The request was refused";
    super(options.detail ?? title, options.cause === undefined ? {} : { cause: options.cause });
    this.title = title;
    this.detail = options.detail ?? kind?.about ?? title;
    this.errors = options.errors?.length ? options.errors : undefined;
    this.headers = options.headers ?? {};
  }
}

/**
 * A problem of a known kind.
 *
 * @example
 * ```ts
 * throw problem("not-found", { detail: "there is no such job" });
 * ```
 */
export function problem(slug: ProblemSlug, options: ProblemOptions = {}): HttpProblem {
  return new HttpProblem(slug, problems[slug].status, options);
}

export function isProblemSlug(slug: string): slug is ProblemSlug {
  return Object.hasOwn(problems, slug);
}
