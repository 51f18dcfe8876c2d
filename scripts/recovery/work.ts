/** The work that goes on while the cluster is copied, and what it leaves to be counted. */
import postgres, { type Sql } from "postgres";

/** What a database holds; two with equal figures hold the same, and the chain of the second is whole. */
export type Figures = {
  products: number;
  barcodes: number;
  events: number;
  audit_rows: number;
  sealed: number;
  head: string;
};

/** A change that was committed: when, and up to which byte of the log. */
export type Commit = { at: number; lsn: string };

/** A vendor that changes its catalogue, again and again. */
export type Work = {
  commits: Commit[];
  /** One round: a batch of products, an audit row, sealing; each its own transaction. */
  round(): Promise<void>;
  /** Rounds without a pause, until `stop` is called. */
  start(): { stop(): Promise<void> };
  end(): Promise<void>;
};

const batch = 50;

/** Makes the vendor and its admin. `url` connects as `postgres`. */
export async function startWork(url: string): Promise<Work> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`select app.ensure_member((public.create_vendor('rehearsal', 'Rehearsal')).id,
    app.ensure_user('rehearsal', 'rehearsal@example.com', 'Rehearsal'), 'vendor_admin')`;
  const commits: Commit[] = [];
  let number = 0;

  async function round(): Promise<void> {
    const items = Array.from({ length: batch }, () => {
      number++;
      const product = { external_id: `r-${number}`, name: `Rehearsed food ${number}`, price: "1.00", allergens: [] };
      return product;
    });
    await sql.begin((tx) => [
      tx`select app.enter_request(app.begin_request('rehearsal'))`,
      tx`select public.upsert_products(${JSON.stringify(items)}::text::jsonb)`,
    ]);
    await sql`select app.write_audit('recovery.rehearsed', 'round', ${String(number)})`;
    await sql`select app.seal_audit_log(1000)`;
    const [row] = await sql<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
    commits.push({ at: Date.now(), lsn: row!.lsn });
  }

  return {
    commits,
    round,
    start() {
      let going = true;
      const rounds = (async () => {
        while (going) await round();
      })();
      return {
        async stop() {
          going = false;
          await rounds;
        },
      };
    },
    end: () => sql.end({ timeout: 1 }),
  };
}

/** Counts what the work leaves. */
export async function readFigures(sql: Sql): Promise<Figures> {
  const [row] = await sql<[Figures]>`
    select
      (select count(*)::int from public.products) as products,
      (select count(*)::int from public.product_barcodes) as barcodes,
      (select count(*)::int from app.outbox) as events,
      (select count(*)::int from public.audit_log) as audit_rows,
      (select s.seq::int from app.audit_sealer as s) as sealed,
      (select encode(s.hash, 'hex') from app.audit_sealer as s) as head`;
  return row;
}
