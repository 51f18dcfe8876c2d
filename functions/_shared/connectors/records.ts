import type { Connector } from "./connector.ts";
import { drifted } from "./source_fault.ts";

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
type Members = { [member: string]: Json };

const mostDepth = 8;

/** Finds what is at a path of members, `data.items`; undefined where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").filter(Boolean).reduce<unknown>(
    (found, member) => isMembers(found) && Object.hasOwn(found, member) ? found[member] : undefined,
    value,
  );
}

/** The records of a page. A page without the list is a fault: an empty one would end the sync as if all were well. */
export function recordsOf(connector: Connector, page: unknown): Members[] {
  const { record_path, explode } = connector;
  const list = at(page, record_path);
  const where = record_path === "" ? "The answer" : `The answer's member ${record_path}`;
  const remedy = "Run the connector's test, then set its `record_path` to the member that holds the records.";
  if (!Array.isArray(list)) {
    const members = isMembers(page) ? Object.keys(page).slice(0, 20).map((name) => name.slice(0, 60)).join(", ") : "";
    throw drifted(`${where} is no list.${members ? ` The answer has: ${members}.` : ""}`, remedy);
  }
  if (!list.every(isMembers)) throw drifted(`${where} holds something else than records.`, remedy);
  return explode === null ? list : list.flatMap((record) => exploded(record, explode.split(".")));
}

/** A row for each element of the list at a path, each with the rest of the record; the record itself where there is none. */
function exploded(record: Members, [name = "", ...inner]: string[]): Members[] {
  const value = record[name];
  const parts = inner.length === 0 ? value : isMembers(value) ? exploded(value, inner) : [];
  if (!Array.isArray(parts) || parts.length === 0) return [record];
  return parts.map((part) => ({ ...record, [name]: part }));
}

/**
 * Writes a record as the cells of a row of a file: `{"a": {"b": 1}}` is the cell 1 of the column `a.b`. Values of a list
 * share a column. A member without a value is a blank cell, which clears what is stored.
 */
export function flatten(record: Members, unwrap: readonly string[]): Map<string, string> {
  const cells = new Map<string, { values: string[]; isList: boolean }>();
  const add = (path: string, value: string | null, isList: boolean) => {
    const cell = cells.get(path) ?? { values: [], isList };
    if (value !== null && value.trim() !== "") cell.values.push(value);
    cells.set(path, cell);
  };
  const walk = (value: Json, path: string, isList: boolean, depth: number): void => {
    if (value === null || depth > mostDepth) return add(path, null, isList);
    if (Array.isArray(value)) {
      if (value.length === 0) add(path, null, true);
      for (const element of value) walk(element, path, true, depth + 1);
    } else if (isMembers(value)) {
      for (const [member, inner] of Object.entries(value)) walk(inner, `${path}.${member}`, isList, depth + 1);
    } else add(path, String(value), isList);
  };
  for (const [member, value] of Object.entries(record)) {
    if (!unwrap.includes(member)) walk(value, member, false, 0);
  }
  for (const member of unwrap) {
    const inner = record[member];
    if (!isMembers(inner)) continue;
    for (const [name, value] of Object.entries(inner)) if (!Object.hasOwn(record, name)) walk(value, name, false, 0);
  }
  return new Map([...cells].map(([path, { values, isList }]) => [path, isList ? asList(values) : values[0] ?? ""]));
}

/** A list as files have it, or as JSON where an element holds what would divide it. */
function asList(values: readonly string[]): string {
  return values.some((value) => /[,;|()[\]{}"]/.test(value)) && values.length > 1
    ? JSON.stringify(values)
    : values.join(", ");
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
