/** What bounds ingestion: the bytes as they are into a table without indexes, and finished rows into the tables they end in. */
import { Buffer } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/** Milliseconds that COPY of a file takes into an unlogged table of its columns. */
export async function copyBytesOfFile(dbUrl: string, file: Uint8Array): Promise<number> {
  return await withClient(dbUrl, async (client) => {
    const columns = new TextDecoder().decode(file.subarray(0, file.indexOf(10))).split(",").length;
    const list = Array.from({ length: columns }, (_, i) => `c${i + 1} text`).join(", ");
    await client.query(`create unlogged table app.bench_raw (${list})`);
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const started = performance.now();
    await pipeline([bytes], client.query(copyFrom("copy app.bench_raw from stdin with (format csv, header true)")));
    const ms = performance.now() - started;
    await client.query("drop table app.bench_raw");
    return ms;
  });
}

/** The tables that the merge of a product writes, and the column by which a product's rows are found. */
const tables = {
  products: "id",
  product_barcodes: "product_id",
  product_images: "product_id",
  product_sources: "product_id",
};

/**
 * Milliseconds that two sessions take to COPY a vendor's products, as they are stored now, into another vendor's place:
 * the same rows of the same tables with the same indexes. Of the search index the last words wait in its pending lists, as
 * they do when a job is completed; `filled` is when they were moved as well.
 */
export async function copyFinishedRows(
  { dbUrl, vendorId, dataDir }: { dbUrl: string; vendorId: string; dataDir: string },
): Promise<{ products: number; all: number; filled: number }> {
  return await withClient(dbUrl, async (client) => {
    const made = await client.query<{ id: string }>("select (public.create_vendor('bench-copy', 'Copy')).id");
    const other = made.rows[0]!.id;
    const halves = [0, 1];
    const lists: Record<string, string> = {};
    for (const [table, key] of Object.entries(tables)) {
      const columns = await columnsOf(client, table);
      lists[table] = columns.join(", ");
      for (const half of halves) {
        const values = columns.map((column) =>
          column === "vendor_id"
            ? `'${other}'`
            : column === key
            ? `extensions.uuid_generate_v5('${other}', p.external_id)`
            : column === "id" && table === "product_images"
            ? `extensions.uuid_generate_v5(extensions.uuid_generate_v5('${other}', p.external_id), t.url)`
            : `t.${column}`
        );
        const rows = `select ${values.join(", ")} from public.${table} as t
          join public.products as p on p.vendor_id = t.vendor_id and p.id = t.${key}
          where t.vendor_id = '${vendorId}' and abs(hashtext(p.external_id)) % 2 = ${half}`;
        // A connection that copied out serves for nothing else afterwards.
        await withClient(
          dbUrl,
          (own) =>
            pipeline(
              own.query(copyTo(`copy (${rows}) to stdout`)),
              createWriteStream(join(dataDir, `${table}.${half}`)),
            ),
        );
      }
    }
    const started = performance.now();
    let [products, all] = [0, 0];
    await Promise.all(halves.map((half) =>
      withClient(dbUrl, async (own) => {
        for (const [table, list] of Object.entries(lists)) {
          const source = createReadStream(join(dataDir, `${table}.${half}`), { highWaterMark: 1024 * 1024 });
          await pipeline(source, own.query(copyFrom(`copy public.${table} (${list}) from stdin`)));
          if (table === "products") products = performance.now() - started;
        }
        all = performance.now() - started;
        await flushSearch(own, other, half);
      })
    ));
    return { products, all, filled: performance.now() - started };
  });
}

async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [`public.${table}`],
  );
  return rows.map(({ name }) => name);
}

/** Every second leaf's search index takes in what waits for it, as the end of a job makes it do. */
async function flushSearch(client: pg.Client, vendorId: string, half: number): Promise<void> {
  await client.query(
    `select gin_clean_pending_list(i.indexrelid)
     from pg_partition_tree(to_regclass($1)) with ordinality as t
     join pg_index as i on i.indrelid = t.relid
     join pg_class as c on c.oid = i.indexrelid
     join pg_am as a on a.oid = c.relam and a.amname = 'gin'
     where t.isleaf and t.ordinality % 2 = $2`,
    [`partitions.products_${vendorId.replaceAll("-", "")}`, half],
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
