/** Changes of tables and views: POST inserts (or upserts), PATCH updates, DELETE deletes. */
import type { ApiRequest } from "./api_request.ts";
import type { Relation } from "./catalog.ts";
import { errors, RestError } from "./errors.ts";
import type { Statement } from "./execute.ts";
import { parseSelect } from "./filters.ts";
import { whereClause } from "./read.ts";
import { identifier, Parameters } from "./sql_text.ts";

/** `body` is the request's text. */
export function writeStatement(request: ApiRequest, relation: Relation, body: string): Statement {
  const parameters = new Parameters();
  const change = { POST: insert, PATCH: update, DELETE: remove }[request.method];
  if (!change) throw errors.unsupportedMethod(request.method);
  const changed = change(request, relation, parameters, body);
  const wanted = request.returns === "representation" ? parseSelect(request.select, relation, parameters) : "1";
  const source = changed === null ? "select 1 where false" : `${changed} returning ${wanted || "1"}`;
  const expressions = `pgrst_source as (${source})`;
  const total = request.wantsCount ? "count(*)" : null;
  return { parameters, expressions, total, scalar: false, list: true, readOnly: false };
}

/** Null when there is nothing to insert. */
function insert(request: ApiRequest, relation: Relation, parameters: Parameters, body: string): string | null {
  const rows = parseBody(body);
  const list = Array.isArray(rows) ? rows : [rows];
  if (list.length === 0) return null;
  const table = `insert into public.${identifier(relation.name)}`;
  const names = request.columns ?? columnsOf(list);
  if (names.length === 0) return `${table} default values`;
  const columns = names.map(identifier).join(", ");
  const text = parameters.add(Array.isArray(rows) ? body : `[${body}]`, "json");
  const values = `select * from json_to_recordset(${text}) as pgrst_body (${definitions(relation, names)})`;
  return `${table} (${columns}) ${values} ${conflictClause(request, relation, names)}`;
}

function conflictClause(request: ApiRequest, relation: Relation, names: string[]): string {
  if (!request.resolution) return "";
  const target = request.onConflict ?? relation.primaryKey;
  const on = target.length > 0 ? `on conflict (${target.map(identifier).join(", ")})` : "on conflict";
  if (request.resolution === "ignore-duplicates") return `${on} do nothing`;
  const changes = names.map((name) => `${identifier(name)} = excluded.${identifier(name)}`);
  return `${on} do update set ${changes.join(", ")}`;
}

/** Null when there is nothing to set. */
function update(request: ApiRequest, relation: Relation, parameters: Parameters, body: string): string | null {
  const changes = parseBody(body);
  if (Array.isArray(changes)) throw errors.badBody("An update takes one object");
  const table = identifier(relation.name);
  const names = request.columns ?? Object.keys(changes);
  mustFilter(request, "UPDATE");
  const where = whereClause(request.entries, relation, parameters);
  if (names.length === 0) return null;
  const values = `json_to_record(${parameters.add(body, "json")}) as pgrst_body (${definitions(relation, names)})`;
  const assignments = names.map((name) => `${identifier(name)} = pgrst_body.${identifier(name)}`);
  return `update public.${table} set ${assignments.join(", ")} from ${values} ${where}`;
}

function remove(request: ApiRequest, relation: Relation, parameters: Parameters): string {
  mustFilter(request, "DELETE");
  const where = whereClause(request.entries, relation, parameters);
  return `delete from public.${identifier(relation.name)} ${where}`;
}

/** The platform loads safeupdate for API roles: no change of a whole table by a forgotten filter. */
function mustFilter(request: ApiRequest, verb: string): void {
  if (request.entries.length === 0) throw new RestError(400, "21000", `${verb} requires a WHERE clause`);
}

function definitions(relation: Relation, names: string[]): string {
  return names.map((name) => {
    const type = relation.columns.get(name);
    if (!type) throw errors.noColumn(relation.name, name);
    return `${identifier(name)} ${type}`;
  }).join(", ");
}

type Json = Record<string, unknown>;

export function parseBody(body: string): Json | Json[] {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
    if (Array.isArray(value) ? value.every(isObject) : isObject(value)) return value as Json | Json[];
  } catch {
    // Said below.
  }
  throw errors.badBody();
}

function columnsOf(rows: Json[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const isAlike = (row: Json) => Object.keys(row).length === names.length && names.every((name) => name in row);
  if (!rows.every(isAlike)) throw errors.badBody("All object keys must match");
  return names;
}
