import type { Sql } from "postgres";
import type { Cost } from "./model.ts";

/** Bytes of every logged table of ours with its partitions: `data` with TOAST, `index` of all indexes. Staging is none. */
async function tableSizes(sql: Sql): Promise<Map<string, { data: number; index: number }>> {
  const rows = await sql<{ name: string; data: number; index: number }[]>`
    select format('%s.%s', n.nspname, c.relname) as name,
      sum(pg_table_size(t.relid))::float8 as data, sum(pg_indexes_size(t.relid))::float8 as index
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    cross join lateral (
      select p.relid from pg_partition_tree(c.oid) as p where p.isleaf
      union all select c.oid where c.relkind = 'r'
    ) as t
    where n.nspname in ('public', 'app', 'pgmq') and c.relkind in ('r', 'p') and c.relpersistence = 'p'
      and not c.relispartition
    group by 1`;
  return new Map(rows.map(({ name, data, index }) => [name, { data, index }]));
}

/** What `work` adds to the tables and writes to the log, for each of `count`. */
export async function measureCost(sql: Sql, count: number, work: () => Promise<void>): Promise<Cost> {
  const before = await tableSizes(sql);
  const [start] = await sql<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
  await work();
  const [end] = await sql<{ bytes: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), ${start!.lsn}::pg_lsn)::float8 as bytes`;
  const tables = [...await tableSizes(sql)].map(([name, { data, index }]) => ({
    name,
    data: (data - (before.get(name)?.data ?? 0)) / count,
    index: (index - (before.get(name)?.index ?? 0)) / count,
  })).filter(({ data, index }) => data + index >= 1).sort((a, b) => b.data + b.index - a.data - a.index);
  const sum = (part: "data" | "index") => tables.reduce((total, table) => total + table[part], 0);
  return { count, data: sum("data"), index: sum("index"), wal: end!.bytes / count, tables };
}

/** Relations, with indexes, that one vendor's partitions are. */
export async function relationsOf(sql: Sql, vendorId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select sum(1 + (select count(*) from pg_index as i where i.indrelid = c.oid))::int as count from pg_class as c
    where c.relnamespace = 'partitions'::regnamespace and c.relkind in ('r', 'p')
      and c.relname ~ ${vendorId.replaceAll("-", "")}`;
  return row!.count;
}
