/** A field of a query string: a column, or a path into its JSON (`data->a->>b`). */
import { errors } from "./errors.ts";
import type { Columns } from "./catalog.ts";
import { unquote } from "./scan.ts";
import { identifier, type Parameters } from "./sql_text.ts";

/** What a query reads from: the alias its columns stand under, and their types. */
export type Source = { name: string; columns: Columns };

export type Field = {
  /** SQL that yields the value. */
  sql: string;
  /** Its type as Postgres spells it; undefined when the column is unknown (Postgres will say so itself). */
  type: string | undefined;
  /** The name it has in a result unless one is given. */
  name: string;
};

export function parseField(text: string, source: Source, parameters: Parameters): Field {
  const [column = "", ...steps] = text.split(/(?=->)/);
  const name = unquote(column.trim());
  if (name === "") throw errors.badQuery(`"failed to parse field (${text})"`, "expecting the name of a column");
  const root = `${identifier(source.name)}.${identifier(name)}`;
  const type = source.columns.get(name);
  if (steps.length === 0) return { sql: root, type, name };

  let sql = type === "json" || type === "jsonb" ? root : `to_jsonb(${root})`;
  let last = name;
  for (const step of steps) {
    const [, arrow, key] = /^(->>?)(.+)$/s.exec(step) ?? [];
    if (!arrow || !key) throw errors.badQuery(`"failed to parse json path (${text})"`, "expecting a key after ->");
    const isIndex = /^-?\d+$/.test(key);
    sql += `${arrow}${isIndex ? parameters.add(key, "integer") : parameters.add(unquote(key))}`;
    if (!isIndex) last = unquote(key);
  }
  const isText = steps.at(-1)!.startsWith("->>");
  return { sql: `(${sql})`, type: isText ? "text" : "jsonb", name: last };
}
