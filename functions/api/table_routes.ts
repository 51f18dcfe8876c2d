import type { Claims } from "../_shared/database.ts";
import { countRows, type HttpContext } from "../_shared/http/context.ts";
import { problem } from "../_shared/http/problems.ts";
import { json, jsonText, noContent } from "../_shared/http/respond.ts";
import { callAs } from "../_shared/rpc.ts";
import type { TableStatements } from "./table_statements.ts";

/** One request to a guarded table: who asks, and in which context its rows are counted. */
export interface TableCall {
  c: HttpContext;
  claims: Claims;
  statements: TableStatements;
}

const defaultLimit = 50;

/** A page; `query` holds the filters beside `cursor` and `limit`. */
export async function listRows(
  call: TableCall,
  query: { limit?: number | undefined } & Record<string, unknown>,
): Promise<Response> {
  const { limit = defaultLimit, ...rest } = query;
  const { body, rows } = await run(call, call.statements.list, { ...rest, page_limit: limit });
  countRows(call.c, { read: rows });
  return jsonText(body);
}

export async function getRow(call: TableCall, id: string): Promise<Response> {
  const { body, rows } = await run(call, call.statements.get, { id });
  if (rows === 0) throw problem("not-found");
  countRows(call.c, { read: rows });
  return jsonText(body);
}

/** Inserts; `values` must name every column the insert takes. */
export async function insertRow(call: TableCall, values: Record<string, unknown>): Promise<Response> {
  const { body } = await run(call, call.statements.insert, values);
  countRows(call.c, { written: 1 });
  const path = new URL(call.c.req.url).pathname;
  return jsonText(body, 201, { Location: `${path}/${(JSON.parse(body) as { id: string }).id}` });
}

export async function patchRow(call: TableCall, id: string, changes: Record<string, unknown>): Promise<Response> {
  return json(await change(call, call.statements.patch, { ...changes, id }));
}

export async function removeRow(call: TableCall, id: string): Promise<Response> {
  await change(call, call.statements.remove, { id });
  return noContent();
}

async function change(call: TableCall, statement: string, values: Record<string, unknown>): Promise<unknown> {
  const { body } = await run(call, statement, values);
  const { row, exists } = JSON.parse(body) as { row: unknown; exists: boolean };
  if (row === null) {
    throw exists
      ? problem("forbidden", {
        detail: "This belongs to the platform and cannot be changed; add one of your own instead.",
      })
      : problem("not-found");
  }
  countRows(call.c, { written: 1 });
  return row;
}

function run(call: TableCall, statement: string, values: Record<string, unknown>) {
  return callAs(call.claims, statement, JSON.stringify(values));
}
