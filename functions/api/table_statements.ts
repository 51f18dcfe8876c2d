/**
 * Statements over a table that row level security guards: rows of the platform (vendor_id null) can be read by every
 * vendor, a vendor's own can be changed by its operators. Each takes its arguments as jsonb in `$1`, gives jsonb, and
 * runs as the caller (`callAs`), so the policies decide.
 */
export interface GuardedTable {
  /** Table of the schema public. */
  table: string;
  /** What answers show. */
  columns: readonly string[];
  /** Column and type of what an insert takes. */
  given: Readonly<Record<string, string>>;
  /** Which of them a patch may change. */
  changeable: readonly string[];
  /** The order of lists, ended by id so that no two rows are equal; columns that are never null. */
  order: readonly string[];
  /** Type and condition of each filter; the row is `t`, the arguments are `g`. */
  filters: Readonly<Record<string, { type: string; condition: string }>>;
}

export interface TableStatements {
  list: string;
  get: string;
  insert: string;
  patch: string;
  remove: string;
}

/** Writes the statements once; nothing in them comes from a request. */
export function statementsFor(source: GuardedTable): TableStatements {
  return { list: list(source), get: get(source), insert: insert(source), patch: patch(source), remove: remove(source) };
}

const visible = "(t.vendor_id is null or t.vendor_id = (select app.current_vendor_id()))";
const own = "t.vendor_id = (select app.current_vendor_id())";

function list({ table, columns, order, filters }: GuardedTable): string {
  const keys = [...order, "id"];
  const types = Object.entries(filters).map(([name, { type }]) => `, ${name} ${type}`).join("");
  const conditions = Object.values(filters).map(({ condition }) => ` and ${condition}`).join("");
  const after = keys.map((key, at) => key === "id" ? `(s.keys ->> ${at})::uuid` : `s.keys ->> ${at}`).join(", ");
  const ordered = (alias: string, direction = "") => keys.map((key) => `${alias}.${key}${direction}`).join(", ");
  return `
with input as (
  select g.*, concat_ws('/', '${table}', app.current_vendor_id(), app.fingerprint($1 - array['cursor', 'page_limit'])) as scope
  from jsonb_to_record($1) as g(cursor text, page_limit int${types})
),
start as (select app.decode_cursor(i.scope, i.cursor) as keys from input as i),
found as (
  select ${columns.map((column) => `t.${column}`).join(", ")}
  from public.${table} as t cross join input as g cross join start as s
  where ${visible}${conditions} and (s.keys is null or (${ordered("t")}) > (${after}))
  order by ${ordered("t")}
  limit (select i.page_limit + 1 from input as i)
),
page as (select f.* from found as f order by ${ordered("f")} limit (select i.page_limit from input as i))
select jsonb_build_object(
  'data', coalesce((select jsonb_agg(to_jsonb(p) order by ${ordered("p")}) from page as p), '[]'),
  'next_cursor', case when (select count(*) from found) > i.page_limit then app.encode_cursor(i.scope, (
    select jsonb_build_array(${ordered("p")}) from page as p order by ${ordered("p", " desc")} limit 1
  )) end
)
from input as i`;
}

function row({ columns }: GuardedTable): string {
  return `jsonb_build_object(${columns.map((column) => `'${column}', t.${column}`).join(", ")})`;
}

function get(source: GuardedTable): string {
  return `select ${row(source)} from public.${source.table} as t where t.id = ($1 ->> 'id')::uuid and ${visible}`;
}

function insert(source: GuardedTable): string {
  const names = Object.keys(source.given);
  const types = Object.entries(source.given).map(([name, type]) => `${name} ${type}`).join(", ");
  return `insert into public.${source.table} as t (vendor_id, ${names.join(", ")})
select app.current_vendor_id(), ${names.map((name) => `g.${name}`).join(", ")} from jsonb_to_record($1) as g(${types})
returning ${row(source)}`;
}

/** `row` is null where nothing was changed; `exists` then tells a row of the platform from none at all. */
function patch(source: GuardedTable): string {
  const { table, given, changeable } = source;
  const types = changeable.map((name) => `${name} ${given[name]}`).join(", ");
  const sets = changeable.map((name) => `${name} = case when $1 ? '${name}' then g.${name} else t.${name} end`).join(
    ", ",
  );
  return outcome(
    source,
    `update public.${table} as t set ${sets} from jsonb_to_record($1) as g(${types})
  where t.id = ($1 ->> 'id')::uuid and ${own} returning ${row(source)} as row`,
  );
}

function remove(source: GuardedTable): string {
  return outcome(
    source,
    `delete from public.${source.table} as t where t.id = ($1 ->> 'id')::uuid and ${own} returning ${
      row(source)
    } as row`,
  );
}

function outcome({ table }: GuardedTable, change: string): string {
  return `with changed as (${change})
select jsonb_build_object(
  'row', (select c.row from changed as c),
  'exists', exists (select from public.${table} as t where t.id = ($1 ->> 'id')::uuid and ${visible})
)`;
}
