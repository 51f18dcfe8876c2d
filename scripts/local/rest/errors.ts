/** Errors in PostgREST's shape `{ code, details, hint, message }`, with its choice of HTTP statuses. */
import postgres from "postgres";
import { InvalidCredentials } from "../caller.ts";

type Parts = { details?: string | null; hint?: string | null; headers?: Record<string, string> };

export class RestError extends Error {
  readonly details: string | null;
  readonly hint: string | null;
  readonly headers: Record<string, string>;

  constructor(readonly status: number, readonly code: string, message: string, parts: Parts = {}) {
    super(message);
    this.details = parts.details ?? null;
    this.hint = parts.hint ?? null;
    this.headers = parts.headers ?? {};
  }

  response(withBody = true): Response {
    const { code, details, hint, message } = this;
    const headers = { "content-type": "application/json; charset=utf-8", ...this.headers };
    return new Response(withBody ? JSON.stringify({ code, details, hint, message }) : null, {
      status: this.status,
      headers: { ...headers, "proxy-status": `PostgREST; error=${code}` },
    });
  }
}

export const errors = {
  badQuery: (message: string, details: string) => new RestError(400, "PGRST100", message, { details }),
  badBody: (message = "Empty or invalid json") => new RestError(400, "PGRST102", message),
  outOfRange: (offset: number, total: number) =>
    new RestError(416, "PGRST103", "Requested range not satisfiable", {
      details: `An offset of ${offset} was requested, but there are only ${total} rows.`,
      headers: { "content-range": `*/${total}` },
    }),
  unknownSchema: (schema: string) =>
    new RestError(406, "PGRST106", `Invalid schema: ${schema}`, {
      hint: "Only the following schemas are exposed: public",
    }),
  unknownMediaType: (types: string) =>
    new RestError(406, "PGRST107", `None of these media types are available: ${types}`),
  notSingular: (rows: number) =>
    new RestError(406, "PGRST116", "Cannot coerce the result to a single JSON object", {
      details: `The result contains ${rows} rows`,
    }),
  unsupportedMethod: (method: string) => new RestError(405, "PGRST117", `Unsupported HTTP method: ${method}`),
  noAggregates: () => new RestError(400, "PGRST123", "Use of aggregate functions is not allowed"),
  invalidPath: () => new RestError(404, "PGRST125", "Invalid path specified in request URL"),
  noEmbedding: (table: string, embedded: string) =>
    new RestError(
      400,
      "PGRST200",
      `Could not find a relationship between '${table}' and '${embedded}' in the schema cache`,
      { hint: "The local stack does not embed related tables: read them with a second request or a function." },
    ),
  noFunction: (name: string, argumentNames: string[], hint: string | null) => {
    const list = argumentNames.length > 0 ? `(${argumentNames.join(", ")})` : " without parameters";
    const named = argumentNames.length > 0
      ? ` with parameter${argumentNames.length > 1 ? "s" : ""} ${argumentNames.join(", ")}`
      : " without parameters";
    const details = `Searched for the function public.${name}${named} or with a single unnamed json/jsonb parameter, ` +
      "but no matches were found in the schema cache.";
    const message = `Could not find the function public.${name}${list} in the schema cache`;
    return new RestError(404, "PGRST202", message, { details, hint });
  },
  ambiguousFunction: (candidates: string[]) =>
    new RestError(
      300,
      "PGRST203",
      `Could not choose the best candidate function between: ${candidates.join(", ")}`,
      {
        hint:
          "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
      },
    ),
  noColumn: (table: string, column: string) =>
    new RestError(400, "PGRST204", `Could not find the '${column}' column of '${table}' in the schema cache`),
  noTable: (name: string, hint: string | null) =>
    new RestError(404, "PGRST205", `Could not find the table 'public.${name}' in the schema cache`, { hint }),
};

/** Turns whatever was thrown into what the client sees. `isAnonymous` decides between 401 and 403. */
export function toRestError(thrown: unknown, isAnonymous: boolean): RestError {
  if (thrown instanceof RestError) return thrown;
  if (thrown instanceof InvalidCredentials) return ofCredentials(thrown);
  if (thrown instanceof postgres.PostgresError) return ofDatabase(thrown, isAnonymous);
  if (thrown instanceof URIError) return errors.invalidPath();
  console.error("rest:", thrown);
  const code = (thrown as { code?: string } | null)?.code ?? "";
  if (/^(CONNECT|ECONN)/.test(code)) {
    return new RestError(503, "PGRST000", "Database connection error. Retrying the connection.");
  }
  return new RestError(500, "PGRSTX00", "Internal error");
}

function ofCredentials({ reason, message }: InvalidCredentials): RestError {
  if (reason === "unknown_key") return new RestError(401, "PGRST301", message);
  const headers = { "www-authenticate": `Bearer error="invalid_token", error_description="${message}"` };
  if (reason === "expired_token") return new RestError(401, "PGRST303", message, { headers });
  return new RestError(401, "PGRST301", "No suitable key or wrong key type", { headers });
}

function ofDatabase(error: postgres.PostgresError, isAnonymous: boolean): RestError {
  if (error.code === "PGRST") return ofRaisedResponse(error);
  const status = statusOf(error, isAnonymous);
  const headers: Record<string, string> = status === 401 ? { "www-authenticate": "Bearer" } : {};
  return new RestError(status, error.code, error.message, {
    details: error.detail ?? null,
    hint: error.hint ?? null,
    headers,
  });
}

/** `raise sqlstate 'PGRST'`: message and detail are JSON and say everything. */
function ofRaisedResponse(error: postgres.PostgresError): RestError {
  try {
    const { code, message, details, hint } = JSON.parse(error.message);
    const { status, headers } = JSON.parse(error.detail ?? "");
    return new RestError(status, code, message, { details, hint, headers });
  } catch {
    return new RestError(500, "PGRST121", `Could not parse JSON in the "RAISE SQLSTATE 'PGRST'" error`);
  }
}

/** Statuses by SQLSTATE; a class of two characters stands for all its states that are not listed. */
const statuses: Record<string, number> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "21000": 500,
  "23503": 409,
  "23505": 409,
  "25006": 405,
  "25": 500,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "42883": 404,
  "42P01": 404,
  "42P17": 500,
  "53400": 500,
  "53": 503,
  "54": 500,
  "55": 500,
  "57P01": 503,
  "57": 500,
  "58": 500,
  "F0": 500,
  "HV": 500,
  "P0001": 400,
  "P0": 500,
  "XX": 500,
};

function statusOf({ code, message }: postgres.PostgresError, isAnonymous: boolean): number {
  if (code === "42501") return isAnonymous ? 401 : 403;
  if (code === "22023" && /^role .* does not exist$/.test(message)) return 401;
  const raised = /^PT([1-5]\d\d)$/.exec(code);
  if (raised) return Number(raised[1]);
  return statuses[code] ?? statuses[code.slice(0, 2)] ?? 400;
}
