/** Turns what the database answered into PostgREST's response: status, Content-Range, body. */
import type { ApiRequest } from "./api_request.ts";
import { errors } from "./errors.ts";
import type { Outcome } from "./execute.ts";

/** For reads and function calls: 206 when the caller asked for the count and did not get every row. */
export function respondWithRows(request: ApiRequest, outcome: Outcome): Response {
  const { rows, total } = outcome;
  const { offset } = request;
  if (total !== null && offset > 0 && offset >= total) throw errors.outOfRange(offset, total);
  return respond(request, outcome, total !== null && rows < total ? 206 : 200, contentRange(offset, rows, total));
}

/** For changes: the rows when they were asked for, else nothing. */
export function respondWithChange(request: ApiRequest, outcome: Outcome): Response {
  const isInsert = request.method === "POST";
  const isWanted = request.returns === "representation";
  const status = isInsert ? 201 : isWanted ? 200 : 204;
  const range = isInsert ? `*/${outcome.total ?? "*"}` : contentRange(0, outcome.rows, outcome.total);
  return respond(request, isWanted ? outcome : { ...outcome, body: "" }, status, range);
}

/** For functions that return void, and calls whose result nobody wants. */
export function respondWithNothing(request: ApiRequest, outcome: Outcome): Response {
  return respond(request, { ...outcome, body: "" }, 204, null);
}

function respond(request: ApiRequest, outcome: Outcome, status: number, range: string | null): Response {
  const headers = new Headers({ "content-type": mediaType(request) });
  if (range) headers.set("content-range", range);
  for (const [name, value] of outcome.headers) headers.append(name, value);
  const hasBody = request.method !== "HEAD" && status !== 204;
  if (!hasBody) headers.delete("content-type");
  return new Response(hasBody ? outcome.body : null, { status: outcome.status ?? status, headers });
}

function mediaType({ singular }: ApiRequest): string {
  return `application/${singular ? "vnd.pgrst.object+json" : "json"}; charset=utf-8`;
}

function contentRange(offset: number, rows: number, total: number | null): string {
  return `${rows === 0 ? "*" : `${offset}-${offset + rows - 1}`}/${total ?? "*"}`;
}
