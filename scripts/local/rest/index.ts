/**
 * Stands for PostgREST 14 in front of schema public, as far as supabase-js needs it: rpc, reads with filters, plain changes.
 * Leaves out: embedding, aggregates, PUT, CSV, EXPLAIN, OpenAPI, `missing=default`, computed fields, other schemas.
 * `count=planned` and `count=estimated` count exactly.
 */
import postgres from "postgres";
import { anonymous, type Caller, type CallerDeps, identifyCaller } from "../caller.ts";
import { type ApiRequest, readApiRequest } from "./api_request.ts";
import { Catalog } from "./catalog.ts";
import { errors, toRestError } from "./errors.ts";
import { Executor } from "./execute.ts";
import { readStatement } from "./read.ts";
import { respondWithChange, respondWithNothing, respondWithRows } from "./respond.ts";
import { rpcCall } from "./rpc.ts";
import { writeStatement } from "./write.ts";

export type RestDeps = CallerDeps & {
  /** Connects as `authenticator`, which may only become anon, authenticated and service_role. */
  databaseUrl: string;
  /** Rows that one answer holds at most, as `[api] max_rows` of supabase/config.toml. */
  maxRows?: number;
};

export type LocalRest = {
  /** Answers one request; `url` may carry the `/rest/v1` prefix or not. */
  handle(request: Request, url: URL): Promise<Response>;
  close(): Promise<void>;
};

export function createRest({ databaseUrl, maxRows = 1000, ...deps }: RestDeps): LocalRest {
  const sql = postgres(databaseUrl, {
    max: 10,
    onnotice: () => {},
    connection: { application_name: "rest", search_path: "public, extensions" },
  });
  const catalog = new Catalog(sql);
  const executor = new Executor(sql, catalog);

  return {
    async handle(request, url) {
      let caller = anonymous;
      try {
        if (request.method === "OPTIONS") return new Response(null, { status: 200, headers: { allow: allowed } });
        caller = await identifyCaller(request.headers, deps);
        return await answer(caller, request, url);
      } catch (error) {
        return toRestError(error, caller.role === anonymous.role).response(request.method !== "HEAD");
      }
    },
    close: () => sql.end({ timeout: 5 }),
  };

  async function answer(caller: Caller, request: Request, url: URL): Promise<Response> {
    const path = url.pathname.replace(/^\/rest\/v1(?=\/|$)/, "");
    const parts = path.slice(1).split("/").map(decodeURIComponent);
    const api = readApiRequest(request, path, url.searchParams);
    const body = request.method === "GET" || request.method === "HEAD" ? "" : await request.text();
    if (parts.length === 2 && parts[0] === "rpc") return await callFunction(caller, api, parts[1]!, body);
    if (parts.length !== 1 || parts[0] === "") throw errors.invalidPath();
    return await reachTable(caller, api, parts[0]!, body);
  }

  async function callFunction(caller: Caller, api: ApiRequest, name: string, body: string): Promise<Response> {
    if (!["GET", "HEAD", "POST"].includes(api.method)) throw errors.unsupportedMethod(api.method);
    const { routine, statement } = await rpcCall(catalog, api, name, body || "{}", maxRows);
    const outcome = await executor.run(caller, api, statement);
    const isWanted = routine.returns !== "void" && api.returns !== "minimal";
    return isWanted ? respondWithRows(api, outcome) : respondWithNothing(api, outcome);
  }

  async function reachTable(caller: Caller, api: ApiRequest, name: string, body: string): Promise<Response> {
    const relation = await catalog.relation(name);
    if (!relation) throw errors.noTable(name, await hintTable(name));
    if (api.method === "GET" || api.method === "HEAD") {
      return respondWithRows(api, await executor.run(caller, api, readStatement(api, relation, maxRows)));
    }
    return respondWithChange(api, await executor.run(caller, api, writeStatement(api, relation, body)));
  }

  async function hintTable(name: string): Promise<string | null> {
    const similar = await catalog.similar("relation", name);
    return similar && `Perhaps you meant the table 'public.${similar}'`;
  }
}

const allowed = "OPTIONS,GET,HEAD,POST,PATCH,DELETE";
