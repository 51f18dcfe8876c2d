import { HttpProblem, problem, type ProblemSlug } from "./problems.ts";

/** Turns whatever was thrown below a route into the problem the caller is told about. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const code = codeOf(error);
  if (code !== undefined) {
    const raised = fromRaisedProblem(error as DatabaseError, code);
    if (raised) return raised;
    const known = fromCode(code);
    if (known) {
      const detail = ruleBroken(error as DatabaseError) ?? known.detail;
      return problem(known.slug, { detail, headers: known.headers, cause: error });
    }
  }
  return problem("internal-error", { cause: error });
}

/** Whether the same statement may well succeed a moment later. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (isUnreachable(code) || isBusy(code));
}

/** Constraints are named as the sentence they enforce, so the name says what is wrong without quoting the row. */
function ruleBroken({ constraint_name, table_name }: DatabaseError): string | undefined {
  if (!constraint_name || !/_(is|are|has|have|holds|needs|names|belongs)_/.test(constraint_name)) return undefined;
  const sentence = constraint_name.replace(`${table_name}_`, "").replaceAll("_", " ");
  return `A rule of the stored data is broken: ${sentence}.`;
}

interface DatabaseError {
  code?: string;
  constraint_name?: string;
  table_name?: string;
  message: string;
  detail?: string;
  hint?: string;
}

/** `app.raise_problem` raises PT<status> with the sentence as message and `{type, errors}` as detail. */
function fromRaisedProblem(error: DatabaseError, code: string): HttpProblem | undefined {
  const status = /^PT([45]\d\d)$/.exec(code)?.[1];
  if (!status) return undefined;
  const { type, errors } = parse(error.detail);
  const detail = error.hint ? `${error.message} ${error.hint}` : error.message;
  return new HttpProblem(type ?? "conflict", Number(status), {
    detail,
    errors,
    headers: status === "401" ? challenge : status === "503" || status === "429" ? retryAfter(1) : {},
    cause: error,
  });
}

function parse(detail: string | undefined): { type?: string; errors?: HttpProblem["errors"] } {
  try {
    const value = JSON.parse(detail ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

interface Known {
  slug: ProblemSlug;
  detail?: string;
  headers?: Record<string, string>;
}

function fromCode(code: string): Known | undefined {
  if (isUnreachable(code)) return { slug: "database-unavailable", headers: retryAfter(2) };
  if (isBusy(code)) return { slug: "database-busy", headers: retryAfter(1) };
  return byState[code];
}

/** SQLSTATEs a caller's input can bring about although it passed validation. */
const byState: Record<string, Known> = {
  "23505": { slug: "already-exists" },
  "23001": { slug: "in-use" },
  "23503": {
    slug: "in-use",
    detail: "The request refers to a row that does not exist, or removes one still in use.",
  },
  "23514": { slug: "invalid-input", detail: "A value breaks a rule of the stored data." },
  "23502": { slug: "invalid-input", detail: "A required value is missing." },
  "22001": { slug: "invalid-input", detail: "A text is longer than the place it is stored in." },
  "22003": { slug: "invalid-input", detail: "A number is out of range." },
  "22007": { slug: "invalid-input", detail: "A date or time is not valid." },
  "22008": { slug: "invalid-input", detail: "A date or time is out of range." },
  "22021": { slug: "invalid-input", detail: "A text holds characters that cannot be stored; remove them." },
  "22P02": { slug: "invalid-input", detail: "A value is not of the type its place asks for." },
  "22P05": { slug: "invalid-input", detail: "A text holds characters that cannot be stored; remove them." },
  "42501": { slug: "forbidden" },
};

/** SQLSTATE of Postgres, or the code of the driver or the operating system. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  // Node's net reports a host with several addresses as one error holding one for each address.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return undefined;
}

const unreachable = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "25006",
]);

/** Gone, going, refusing, out of connections or read-only. */
function isUnreachable(code: string): boolean {
  return unreachable.has(code) || /^(08|53|28)...$/.test(code);
}

/** Deadlock, serialization failure, lock not available, statement timeout. */
function isBusy(code: string): boolean {
  return ["40001", "40P01", "55P03", "57014"].includes(code);
}

export const challenge = { "WWW-Authenticate": "Bearer" };

export function retryAfter(seconds: number): Record<string, string> {
  return { "Retry-After": String(seconds) };
}
