import { callContext, type Freshness, type OnceContext, type RequestFacts } from "./call_context.ts";
import { type Claims, database, type Sql } from "./database.ts";
import { replica } from "./replica.ts";

export interface RpcResult {
  /** The function's jsonb as text, to be passed on without being parsed and written again. */
  body: string;
  /** Rows in `data` of a list, else 1, or 0 when the function gave null. */
  rows: number;
}

/**
 * Calls a SQL function of the schema `public` as the caller, in one round trip. The signature is written as in SQL;
 * arguments that are `undefined` are left to the function's defaults.
 *
 * @example
 * ```ts
 * const { body } = await rpc(claims, "search_products(q text, page_limit int)", { q: "milk" });
 * ```
 */
export async function rpc(
  claims: Claims,
  signature: string,
  given: Record<string, unknown> = {},
  sql: Sql = database(),
): Promise<RpcResult> {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  const text = JSON.stringify(given);
  return await callAs(claims, statementFor(signature, names), text, sql);
}

/** Calls a SQL function that returns nothing as the caller, in one round trip. */
export async function rpcVoid(
  claims: Claims,
  signature: string,
  given: Record<string, unknown> = {},
  sql: Sql = database(),
): Promise<void> {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  const call = statementFor(signature, names).replace("to_jsonb", "");
  await callAs(
    claims,
    `with done as materialized (${call}) select 'null'::jsonb from done`,
    JSON.stringify(given),
    sql,
  );
}

/**
 * Runs one statement as the caller: it finds its arguments in `$1` (jsonb) and gives one jsonb value. In a request with
 * an Idempotency-Key the statement and the record of its answer commit together, and a repeated request gets the stored
 * answer instead. Such a request makes its calls one after another, so that each finds its own place again. In a request
 * that a replica may answer, it is asked first, and the answer tells in `meta` how fresh it is.
 */
export async function callAs(
  claims: Claims,
  statement: string,
  json: string,
  sql: Sql = database(),
): Promise<RpcResult> {
  const { request, once, read } = callContext(claims);
  if (once) return await callOnce(claims, statement, json, request, once, sql);
  if (!read) return await callOnPrimary(claims, statement, json, request, sql);
  const fromReplica = read.strong ? undefined : await replica()?.call(claims, statement, json, read);
  const { body, rows } = fromReplica ?? await callOnPrimary(claims, statement, json, request, sql);
  return { body: withMeta(body, read.freshness), rows };
}

/** Adds `meta` to an object's text. */
function withMeta(body: string, meta: Freshness): string {
  return body.startsWith('{"') ? `${body.slice(0, -1)}, "meta": ${JSON.stringify(meta)}}` : body;
}

async function callOnPrimary(
  claims: Claims,
  statement: string,
  json: string,
  request: RequestFacts | undefined,
  sql: Sql,
): Promise<RpcResult> {
  const [row] = await sql<{ body: string | null; row_count: number }[]>`
    select body, row_count from app.call_as(
      ${JSON.stringify(claims)}::text::jsonb, ${statement}, ${json}::text::jsonb,
      ${request ? JSON.stringify(request) : null}::text::jsonb
    )`;
  return { body: row?.body ?? "null", rows: row?.row_count ?? 0 };
}

/**
 * Gives back what a repeated request was told the first time, where the answer holds more than the database said; else
 * keeps `value` for it. Without an Idempotency-Key it is `value` itself.
 */
export async function remember<T>(claims: Claims, value: T, sql: Sql = database()): Promise<T> {
  if (!callContext(claims).once) return value;
  return JSON.parse((await callAs(claims, "select $1", JSON.stringify(value), sql)).body) as T;
}

async function callOnce(
  claims: Claims,
  statement: string,
  json: string,
  request: RequestFacts | undefined,
  once: OnceContext,
  sql: Sql,
): Promise<RpcResult> {
  const idempotency = {
    key: once.key,
    method: once.method,
    path: once.passed === 0 ? once.path : `${once.path}#${once.passed + 1}`,
    request_hash: once.requestHash,
    status: once.status,
  };
  const [row] = await sql<{ body: string | null; row_count: number; replayed: boolean }[]>`
    select body, row_count, replayed from app.call_once(
      ${JSON.stringify(claims)}::text::jsonb, ${statement}, ${json}::text::jsonb,
      ${request ? JSON.stringify(request) : null}::text::jsonb, ${JSON.stringify(idempotency)}::text::jsonb
    )`;
  once.passed++;
  if (row?.replayed) once.replayed++;
  return { body: row?.body ?? "null", rows: row?.row_count ?? 0 };
}

const statements = new Map<string, string>();

/** `f(a text, b int)` called with `a` only becomes `select to_jsonb(public.f(a => g.a)) from ... as g(a text)`. */
function statementFor(signature: string, names: readonly string[]): string {
  const key = `${signature} ${names.join()}`;
  const known = statements.get(key);
  if (known) return known;
  const statement = build(signature, names);
  statements.set(key, statement);
  return statement;
}

function build(signature: string, names: readonly string[]): string {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
  if (name === undefined || list === undefined) throw new Error(`not a signature: ${signature}`);
  const types = new Map(
    list.split(",").filter(Boolean).map((part) => {
      const [, argument, type] = /^\s*(\w+) ([\w\[\] ]+?)\s*$/.exec(part) ?? [];
      if (argument === undefined || type === undefined) throw new Error(`not an argument: ${part}`);
      return [argument, type];
    }),
  );
  const unknown = names.find((argument) => !types.has(argument));
  if (unknown !== undefined) throw new Error(`${signature} has no argument ${unknown}`);
  const passed = names.map((argument) => `${argument} => g.${argument}`).join(", ");
  const columns = names.map((argument) => `${argument} ${types.get(argument)}`).join(", ");
  return names.length === 0
    ? `select to_jsonb(public.${name}())`
    : `select to_jsonb(public.${name}(${passed})) from jsonb_to_record($1) as g(${columns})`;
}
