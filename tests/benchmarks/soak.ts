/**
 * All that people do at once, for minutes: searches, matches, upserts, files and webhooks on one vendor. Tells the times,
 * the share of failures and the memory of every process over time, and counts at the end that nothing was lost.
 * Linux only: memory is read from /proc.
 */
import postgres from "postgres";
import type { Benchmark, Measurement, Report } from "../../scripts/bench/benchmark.ts";
import { formatTable } from "../../scripts/bench/benchmark.ts";
import type { BenchStack } from "../../scripts/bench/stack.ts";
import { catalogHeader, createCatalogRows } from "../../scripts/generate/catalog.ts";
import { formatRow } from "../../scripts/generate/write_csv.ts";
import { ingest } from "./ingest.ts";
import { type Outcome, runLoad, type Work } from "./soak/load.ts";
import { type Memory, readMemory } from "./soak/memory.ts";

const products = 5000;
const customers = 200;
const rowsOfAFile = 2000;
const itemsOfAnUpsert = 20;
const sampleEveryMs = 5000;
const words = ["rice", "crisps", "tofu", "oat", "milk", "bean", "soup", "almond", "smoked", "organic"];

export const benchmark: Benchmark = {
  description: "a mixed load for minutes (--seconds 300): times, failures, memory, and nothing lost",
  fill: false,
  async run(stack) {
    const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => {} });
    const heard = new Set<string>();
    const receiver = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
      await request.body?.cancel();
      heard.add(request.headers.get("x-idempotency-key") ?? "");
      return new Response();
    });
    try {
      const ask = client(stack);
      const customerIds = await prepare(stack, ask, `http://127.0.0.1:${receiver.addr.port}/hook`);
      const written = { upserted: 0, ingested: 0 };
      const sampling = sample(stack.seconds, stack.dataDir);
      const outcomes = await runLoad(mixture(stack, ask, customerIds, written), stack.seconds);
      const memory = await sampling;
      const lost = await countLost(sql, stack.vendorId, written, heard);
      return report(outcomes, memory, lost, stack.seconds);
    } finally {
      await receiver.shutdown();
      await sql.end();
    }
  },
};

type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

function client({ api, token }: BenchStack): Ask {
  return async (method, path, body) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path.split("?")[0]} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
}

/** A catalogue, customers with health profiles, and somebody who wants to know of every change; gives the customers' ids. */
async function prepare(stack: BenchStack, ask: Ask, url: string): Promise<string[]> {
  await ingest(stack, file(0, products));
  const items = Array.from({ length: customers }, (_, n) => ({
    external_id: `c${n}`,
    full_name: `Customer ${n}`,
    email: `c${n}@example.test`,
  }));
  await ask("POST", "/customers", { items });
  const ids: string[] = [];
  for (let cursor: unknown = ""; cursor !== null;) {
    const page = await ask("GET", `/customers?limit=200${cursor ? `&cursor=${cursor}` : ""}`);
    ids.push(...(page.data as { id: string }[]).map(({ id }) => id));
    cursor = page.next_cursor;
  }
  const conditions = [[], ["hypertension"], ["type_2_diabetes"], ["celiac"]];
  for (const [n, id] of ids.entries()) {
    await ask("POST", `/customers/${id}/consents`, { consent_type: "health_data", granted: true, version: "1" });
    await ask("PUT", `/customers/${id}/health`, {
      height: 150 + n % 50,
      weight: 50 + n % 60,
      age: 20 + n % 60,
      activity_level: "light",
      conditions: conditions[n % conditions.length],
    });
  }
  await ask("POST", "/webhooks", { url, events: ["product.updated", "job.completed"] });
  return ids;
}

/** Products from one number on, as a file. */
function file(from: number, count: number): Uint8Array {
  const row = createCatalogRows({ seed: 7, dirty: 0 });
  const lines = Array.from({ length: count }, (_, n) => formatRow(row(from + n).cells));
  return new TextEncoder().encode([formatRow([...catalogHeader]), ...lines].join(""));
}

function mixture(
  stack: BenchStack,
  ask: Ask,
  customerIds: string[],
  written: { upserted: number; ingested: number },
): Work[] {
  return [
    {
      name: "search",
      clients: 2,
      pauseMs: 50,
      run: async (n) => void await ask("GET", `/search/products?q=${words[n % words.length]}&limit=20`),
    },
    {
      name: "match",
      clients: 1,
      pauseMs: 100,
      run: async (n) => void await ask("GET", `/matches/${customerIds[n % customerIds.length]}?k=20`),
    },
    {
      name: "upsert",
      clients: 1,
      pauseMs: 200,
      async run(n) {
        const items = Array.from({ length: itemsOfAnUpsert }, (_, item) => ({
          external_id: `API-${n}-${item}`,
          name: `Fresh thing ${n} ${item}`,
          price: "1.00",
        }));
        const { inserted } = await ask("POST", "/products", { items });
        if (inserted !== itemsOfAnUpsert) throw new Error(`${inserted} of ${itemsOfAnUpsert} items were inserted`);
        written.upserted += itemsOfAnUpsert;
      },
    },
    {
      name: "file",
      clients: 1,
      pauseMs: 1000,
      async run(n) {
        await ingest(stack, file(1_000_000 + n * rowsOfAFile, rowsOfAFile));
        written.ingested += rowsOfAFile;
      },
    },
  ];
}

async function sample(seconds: number, dataDir: string): Promise<Memory[]> {
  const samples: Memory[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await new Promise((done) => setTimeout(done, sampleEveryMs));
    samples.push(await readMemory(dataDir));
  }
  return samples;
}

/** Rows acknowledged but not there, and events never heard, once nothing is on its way any more. */
async function countLost(
  sql: postgres.Sql,
  vendorId: string,
  written: { upserted: number; ingested: number },
  heard: ReadonlySet<string>,
): Promise<{ products: number; events: number; sent: number }> {
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from public.webhook_deliveries
      where vendor_id = ${vendorId} and finished_at is null`;
    const unheard = await events(sql, vendorId, heard);
    if (row!.waiting === 0 && unheard.lost === 0) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const [row] = await sql<{ there: number }[]>`
    select count(*)::int as there from public.products where vendor_id = ${vendorId} and soft_deleted_at is null`;
  const { lost, sent } = await events(sql, vendorId, heard);
  return { products: products + written.upserted + written.ingested - row!.there, events: lost, sent };
}

async function events(sql: postgres.Sql, vendorId: string, heard: ReadonlySet<string>) {
  const rows = await sql<{ id: string }[]>`
    select o.event_id as id from app.outbox as o
    join public.webhook_endpoints as e on e.vendor_id = o.vendor_id and o.occurred_at >= e.created_at
    where o.vendor_id = ${vendorId} and o.event_type in ('product.updated', 'job.completed')`;
  return { sent: rows.length, lost: rows.filter(({ id }) => !heard.has(id)).length };
}

function report(
  outcomes: Outcome[],
  samples: Memory[],
  lost: { products: number; events: number; sent: number },
  seconds: number,
): Report {
  const measurements: Measurement[] = outcomes.map(({ name, times }) => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
    return {
      what: name,
      count: times.length,
      perSecond: times.length / seconds,
      p50: at(.5),
      p95: at(.95),
      p99: at(.99),
    };
  });
  const done = outcomes.reduce((sum, { times }) => sum + times.length, 0);
  const failures = outcomes.flatMap(({ failures }) => failures);
  const third = Math.max(1, Math.floor(samples.length / 3));
  const mean = (part: Memory[], role: string) =>
    part.reduce((sum, memory) => sum + (memory[role] ?? 0), 0) / part.length;
  const memory = [...new Set(samples.flatMap((one) => Object.keys(one)))].sort().map((role) => ({
    role,
    middle: mean(samples.slice(third, 2 * third), role),
    last: mean(samples.slice(-third), role),
  }));
  const share = failures.length / (done + failures.length);
  const text = [
    formatTable("soak", measurements),
    `failures: ${failures.length} of ${done + failures.length} (${(share * 100).toFixed(2)} %)${
      failures[0] ? `, the first: ${failures[0]}` : ""
    }`,
    "memory in MiB, middle third -> last third of the time:",
    ...memory.map(({ role, middle, last }) =>
      `  ${role.padEnd(24)} ${middle.toFixed(0).padStart(5)} -> ${last.toFixed(0)}`
    ),
    `lost: ${lost.products} products, ${lost.events} of ${lost.sent} events`,
  ].join("\n");
  return { text, data: { measurements, failures, memory, lost } };
}
