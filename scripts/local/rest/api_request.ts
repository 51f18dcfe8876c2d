/** What a request asks for, read from its query string and headers. */
import { errors } from "./errors.ts";

export type ApiRequest = {
  method: string;
  /** The path below `/rest/v1`, as functions see it in `request.path`. */
  path: string;
  headers: Headers;
  /** Entries of the query string that are no reserved word: filters, or arguments of a function. */
  entries: [key: string, value: string][];
  select: string;
  order: string | null;
  offset: number;
  limit: number | null;
  columns: string[] | null;
  onConflict: string[] | null;
  /** One object instead of a list (`.single()`). */
  singular: boolean;
  stripNulls: boolean;
  wantsCount: boolean;
  /** What `Prefer: return=` says; null when it says nothing. */
  returns: "representation" | "minimal" | null;
  resolution: "merge-duplicates" | "ignore-duplicates" | null;
};

const reserved = ["select", "order", "limit", "offset", "columns", "on_conflict"];

export function readApiRequest(request: Request, path: string, query: URLSearchParams): ApiRequest {
  const { method, headers } = request;
  const schema = headers.get(method === "GET" || method === "HEAD" ? "accept-profile" : "content-profile");
  if (schema !== null && schema !== "public") throw errors.unknownSchema(schema);
  const prefer = new Map(
    (headers.get("prefer") ?? "").split(",").map((entry) => entry.trim().split("=") as [string, string]),
  );
  const range = /^(\d+)-(\d*)$/.exec(headers.get("range") ?? "");
  const [first, last] = [range?.[1], range?.[2]];
  const offset = Number(query.get("offset") ?? first ?? 0);
  const limit = query.get("limit") ?? (last ? Number(last) - Number(first) + 1 : null);
  if (!Number.isInteger(offset) || offset < 0 || (limit !== null && !(Number(limit) >= 0))) {
    throw errors.badQuery("Requested range not satisfiable", "limit and offset must be whole numbers from zero");
  }
  return {
    method,
    path,
    headers,
    entries: [...query].filter(([key]) => !reserved.includes(key)),
    select: query.get("select") ?? "*",
    order: query.get("order"),
    offset,
    limit: limit === null ? null : Number(limit),
    columns: readList(query.get("columns")),
    onConflict: readList(query.get("on_conflict")),
    ...readAccept(headers.get("accept") ?? "*/*"),
    wantsCount: prefer.has("count"),
    returns: oneOf(["representation", "minimal"] as const, prefer.get("return")),
    resolution: oneOf(["merge-duplicates", "ignore-duplicates"] as const, prefer.get("resolution")),
  };
}

function readList(text: string | null): string[] | null {
  return text === null ? null : text.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
}

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T | null {
  return known.find((word) => word === text) ?? null;
}

function readAccept(accept: string): Pick<ApiRequest, "singular" | "stripNulls"> {
  const known = /application\/(json|vnd\.pgrst\.(object|array))|\*\/\*|application\/\*/;
  if (!known.test(accept)) throw errors.unknownMediaType(accept);
  return { singular: accept.includes("vnd.pgrst.object"), stripNulls: accept.includes("nulls=stripped") };
}
