/** A product API of somebody else's, as each path of it is told to answer, and the verbs of a connector's user. */
import type postgres from "postgres";
import { api, followJob } from "./ingest_client.ts";
import type { Person } from "./people.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

export interface Asked {
  url: URL;
  headers: Headers;
}

export type Answer = (asked: Asked, count: number) => Response | Promise<Response>;

export interface Source {
  url: string;
  /** What came to a path, in order. */
  at(path: string): Asked[];
  answer(path: string, answer: Answer): void;
  stop(): Promise<void>;
}

/** Starts a source on a free port; a path nobody spoke of is 404. */
export function startSource(): Source {
  const came = new Map<string, Asked[]>();
  const answers = new Map<string, Answer>();
  const stopping = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {}, signal: stopping.signal },
    async (request) => {
      const asked = { url: new URL(request.url), headers: request.headers };
      const path = asked.url.pathname;
      const list = [...came.get(path) ?? [], asked];
      came.set(path, list);
      return await answers.get(path)?.(asked, list.length) ?? new Response(null, { status: 404 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    at: (path) => came.get(path) ?? [],
    answer: (path, answer) => void answers.set(path, answer),
    async stop() {
      stopping.abort();
      await server.finished;
    },
  };
}

/** Open Food Facts' search: `page` and `page_size` in, `count` and `products` out. */
export function searchOf(products: Json[]): Answer {
  return ({ url }) => {
    const page = Number(url.searchParams.get("page"));
    const size = Number(url.searchParams.get("page_size"));
    const slice = products.slice((page - 1) * size, page * size);
    return Response.json({ count: products.length, page, page_count: slice.length, page_size: size, products: slice });
  };
}

/** Shopify's products.json: `limit` and `page_info` in, a Link header out; nothing without the shop's token. */
export function shopOf(products: Json[], token: string): Answer {
  return ({ url, headers }) => {
    if (headers.get("x-shopify-access-token") !== token) return new Response(null, { status: 401 });
    const since = url.searchParams.get("updated_at_min");
    const chosen = since ? products.filter((product) => new Date(product.updated_at) >= new Date(since)) : products;
    const from = Number(url.searchParams.get("page_info") ?? 0);
    const limit = Number(url.searchParams.get("limit"));
    const next = new URL(url);
    next.search = `?limit=${limit}&page_info=${from + limit}`;
    const link = from + limit < chosen.length ? { link: `<${url}>; rel="previous", <${next}>; rel="next"` } : {};
    return Response.json({ products: chosen.slice(from, from + limit) }, { headers: link });
  };
}

export const put = async (person: Person, source: string, config: Json): Promise<Json> =>
  await api.ask("PUT", `/v1/connectors/${source}`, { token: person.token, body: config });

export const get = async (person: Person, source: string): Promise<Json> =>
  await api.ask("GET", `/v1/connectors/${source}`, { token: person.token });

export const startSync = async (person: Person, source: string, body: Json = {}): Promise<Json> =>
  await api.ask("POST", `/v1/connectors/${source}/sync`, { token: person.token, body });

/**
 * A sync from its start to its end. A step that is to be tried again later is tried at once: `sql` moves its time. The
 * waits, in seconds, are added to `waits`.
 */
export async function sync(
  person: Person,
  source: string,
  sql: postgres.Sql,
  body: Json = {},
  waits: number[] = [],
): Promise<Json> {
  const started = await startSync(person, source, body);
  if (started.status !== 202) throw new Error(`no sync: ${started.status} ${started.text}`);
  let attempts = 0;
  return await followJob(person, started.body.id, async (job) => {
    if (job.attempt === attempts) return;
    attempts = job.attempt;
    const [moved] = await sql`
      select extract(epoch from q.vt - now())::int as wait, pgmq.set_vt('ingest', q.msg_id, 0)
      from pgmq.q_ingest as q where q.message ->> 'job_id' = ${job.id}`;
    if (moved) waits.push(moved.wait);
  });
}

/** The vendor's products by external_id. */
export async function productsOf(sql: postgres.Sql, { vendorId }: Person): Promise<Map<string, Json>> {
  const rows = await sql`
    select external_id, barcode, name, brand, description, price::text, nutrition, nutrition_basis, allergens, may_contain,
      dietary_tags, ingredients, serving_size, package_weight, status
    from public.products where vendor_id = ${vendorId} order by external_id`;
  return new Map(rows.map((row) => [row.external_id, { ...row }]));
}
