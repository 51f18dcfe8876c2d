/** What schema public offers: its relations with their columns, its functions with their arguments. Read when asked, kept briefly. */
import type { Sql } from "postgres";

/** Column names with their types as Postgres spells them. */
export type Columns = Map<string, string>;

export type Relation = { name: string; columns: Columns; primaryKey: string[] };

export type Argument = { name: string; type: string; hasDefault: boolean; variadic: boolean };

export type Routine = {
  name: string;
  arguments: Argument[];
  returns: "void" | "scalar" | "composite";
  returnsSet: boolean;
  volatile: boolean;
  /** The columns of a composite result. */
  columns: Columns;
};

/** A definition that changes is seen after this long; a missing one at once. */
const keepMs = 1000;

type Kept<T> = { at: number; value: T };

export class Catalog {
  readonly #sql: Sql;
  readonly #kept = new Map<string, Kept<unknown>>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** A table, view or foreign table of public, or null. */
  relation(name: string): Promise<Relation | null> {
    return this.#keep(`relation ${name}`, async () => {
      const [row] = await this.#sql<{ columns: [string, string][]; primary_key: string[] }[]>`
        select
          coalesce(json_agg(json_build_array(a.attname, format_type(a.atttypid, -1)) order by a.attnum)
            filter (where a.attname is not null), '[]') as columns,
          coalesce((
            select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
            from pg_index as i join pg_attribute as k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
            where i.indrelid = c.oid and i.indisprimary
          ), '{}') as primary_key
        from pg_class as c
        left join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname = ${name}
        group by c.oid`;
      return row ? { name, columns: new Map(row.columns), primaryKey: row.primary_key } : null;
    });
  }

  /** Every function of public with this name. */
  async routines(name: string): Promise<Routine[]> {
    const found = await this.#keep(`function ${name}`, async () => {
      const rows = await this.#sql<Routine[]>`
        select
          p.proname as name,
          p.proretset as "returnsSet",
          p.provolatile = 'v' as volatile,
          case
            when p.prorettype = 'void'::regtype then 'void'
            when t.typtype = 'c' or p.prorettype = 'record'::regtype then 'composite'
            when p.proargmodes::text[] && '{o,b,t}' then 'composite'
            else 'scalar'
          end as returns,
          coalesce((
            select json_agg(json_build_object(
              'name', coalesce(p.proargnames[g.at], ''), 'type', format_type(g.type, -1),
              'hasDefault', g.position > p.pronargs - p.pronargdefaults, 'variadic', g.mode = 'v'
            ) order by g.at)
            from (
              select u.*, row_number() over (order by u.at) as position
              from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes::text[])
                with ordinality as u (type, mode, at)
              where coalesce(u.mode, 'i') in ('i', 'b', 'v')
            ) as g
          ), '[]') as arguments,
          coalesce((
            select json_agg(json_build_array(a.attname, format_type(a.atttypid, -1)))
            from pg_attribute as a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
          ), (
            select json_agg(json_build_array(p.proargnames[u.at], format_type(u.type, -1)))
            from unnest(p.proallargtypes, p.proargmodes::text[]) with ordinality as u (type, mode, at)
            where u.mode in ('o', 'b', 't')
          ), '[]') as columns
        from pg_proc as p join pg_type as t on t.oid = p.prorettype
        where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname = ${name}
          and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)`;
      const routines = rows.map((row) => ({ ...row, columns: new Map(row.columns) }));
      return routines.length > 0 ? routines : null;
    });
    return found ?? [];
  }

  /** The names in public that look most like `name`, for a hint. */
  async similar(kind: "relation" | "function", name: string): Promise<string | null> {
    const names = kind === "relation"
      ? this.#sql<{ name: string }[]>`select relname as name from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')`
      : this.#sql<{ name: string }[]>`select distinct proname as name from pg_proc
          where pronamespace = 'public'::regnamespace and prokind = 'f'`;
    const ranked = (await names).map((row) => ({ name: row.name, likeness: likeness(row.name, name) }))
      .filter((row) => row.likeness > 0.5).sort((a, b) => b.likeness - a.likeness);
    return ranked[0]?.name ?? null;
  }

  /** The settings that a role carries and that only a login applies, such as its statement_timeout. */
  async roleSettings(role: string): Promise<[string, string][]> {
    const settings = await this.#keep(`role ${role}`, async () => {
      const rows = await this.#sql<{ setting: string }[]>`select unnest(rolconfig) as setting from pg_roles
        where rolname = ${role}`;
      return rows.map(({ setting }) => [setting.split("=")[0]!, setting.slice(setting.indexOf("=") + 1)] as const);
    });
    return (settings ?? []).map(([name, value]) => [name, value]);
  }

  /** The function that PostgREST calls before each request (db-pre-request), as the authenticator's settings name it. */
  async preRequest(): Promise<string | null> {
    return await this.#keep("pre-request", async () => {
      const [row] = await this.#sql<{ name: string }[]>`
        select split_part(setting, '=', 2) as name
        from pg_db_role_setting, unnest(setconfig) as setting
        where setrole = 'authenticator'::regrole
          and setdatabase in (0, (select oid from pg_database where datname = current_database()))
          and setting like 'pgrst.db_pre_request=%'
        order by setdatabase desc limit 1`;
      return row?.name ?? "";
    }) || null;
  }

  async #keep<T>(key: string, read: () => Promise<T | null>): Promise<T | null> {
    const kept = this.#kept.get(key) as Kept<T> | undefined;
    if (kept && Date.now() - kept.at < keepMs) return kept.value;
    const value = await read();
    if (value === null) this.#kept.delete(key);
    else this.#kept.set(key, { at: Date.now(), value });
    return value;
  }
}

/** Shared pairs of letters, 0 to 1. */
function likeness(a: string, b: string): number {
  const pairs = (text: string) => new Set([...text].slice(1).map((char, index) => text[index] + char));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
