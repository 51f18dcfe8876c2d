import { DatabaseSync } from "node:sqlite";
import type { Sql } from "postgres";

/** A vendor's searched texts in an FTS5 index of SQLite in memory; results in the order of bm25. */
export async function openFts(
  sql: Sql,
  vendorId: string,
): Promise<{ search(q: string, limit: number): void; close(): void }> {
  const db = new DatabaseSync(":memory:");
  db.exec("create virtual table products using fts5(name, brand, short_description, tokenize = 'unicode61')");
  const insert = db.prepare("insert into products values (?, ?, ?)");
  const rows = sql<{ name: string; brand: string | null; short_description: string | null }[]>`
    select name, brand, short_description from public.products where vendor_id = ${vendorId}`;
  db.exec("begin");
  await rows.cursor(5000, (batch) => {
    for (const row of batch) insert.run(row.name, row.brand, row.short_description);
  });
  db.exec("commit");
  db.exec("insert into products(products) values ('optimize')");
  const select = db.prepare("select rowid, name, brand from products where products match ? order by rank limit ?");
  return { search: (q, limit) => void select.all(q, limit), close: () => db.close() };
}
