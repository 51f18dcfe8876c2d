/** The operators' figures over HTTP: requests are counted until a process ends, in the page and for Prometheus. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { gaugeFamilies } from "../../functions/_shared/metrics/families.ts";
import { startFunctions } from "../../scripts/local/functions.ts";
import { parse } from "../prometheus.ts";
import { apiClient, connect, createPerson } from "./people.ts";

const api = await apiClient();
const root = await createPerson("opal", { role: "superadmin" });
const secretKey = Deno.env.get("SUPABASE_SECRET_KEY")!;

Deno.test("operations: the overview shows sixty minutes, every queue and the rest, without break-glass", async () => {
  const { status, body } = await api.ask("GET", "/v1/operations/overview", { token: root.token });
  strictEqual(status, 200);
  strictEqual(body.requests.length, 60);
  const names = body.queues.map(({ name }: { name: string }) => name);
  for (const name of ["generation", "ingest", "outbox", "webhooks"]) ok(names.includes(name), name);
});

Deno.test("operations: alerts are listed by filters; a cursor of other filters is refused", async () => {
  const { status, body } = await api.ask("GET", "/v1/alerts", { token: root.token, query: { status: "resolved" } });
  deepStrictEqual([status, Array.isArray(body.data)], [200, true]);
  const foreign = await api.ask("GET", "/v1/alerts", { token: root.token, query: { cursor: "bm8" } });
  deepStrictEqual([foreign.status, foreign.body.type], [400, "/problems/invalid-cursor"]);
});

Deno.test("metrics: the service key reads them; each name is a documented one, counters only grow", async () => {
  const scrape = async () => {
    const answer = await api.ask("GET", "/v1/metrics", { headers: { apikey: secretKey } });
    deepStrictEqual(
      [answer.status, answer.headers.get("content-type")],
      [200, "text/plain; version=0.0.4; charset=utf-8"],
    );
    return new Map(parse(answer.text).map((family) => [family.name, family]));
  };
  const first = await scrape();
  const gauges = [...first.values()].filter(({ type }) => type === "GAUGE").map(({ name }) => name);
  ok(gauges.includes("odyssey_queue_depth") && gauges.includes("odyssey_table_bytes"));
  deepStrictEqual(gauges.filter((name) => !gaugeFamilies.some((family) => family.name === name)), []);
  const counts = (families: typeof first) =>
    new Map(
      families.get("odyssey_http_requests_total")?.metrics.map(({ labels, value }) => [
        JSON.stringify(labels),
        Number(value),
      ]),
    );
  const [before, after] = [counts(first), counts(await scrape())];
  for (const [labels, count] of before) ok((after.get(labels) ?? 0) >= count, labels);
});

Deno.test("metrics: they are closed to users, to wrong keys and to no key", async () => {
  for (
    const headers of [{}, { apikey: "" }, { apikey: `${secretKey}x` }, { authorization: "Bearer " }, {
      authorization: `Bearer ${root.token}`,
    }]
  ) strictEqual((await api.ask("GET", "/v1/metrics", { headers })).status, 401, JSON.stringify(headers));
});

Deno.test("metrics: what a process counted is written when it ends; the metrics token opens them", async () => {
  const token = "metrics-token-of-this-test";
  const functions = await startFunctions({
    root: join(import.meta.dirname!, "..", ".."),
    deno: Deno.execPath(),
    env: {
      ...Deno.env.toObject(),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
      ODYSSEY_METRICS_TOKEN: token,
      ODYSSEY_LOG_LEVEL: "silent",
    },
    log: () => {},
    only: ["api"],
    watch: false,
  });
  const ask = async (method: string, path: string, headers = {}) => {
    const url = new URL(`http://127.0.0.1/functions/v1/api${path}`);
    const response = await functions.handle(new Request(url, { method, headers }), url);
    return [response.status, (await response.text()).slice(0, 6)];
  };
  const sql = connect();
  const counted = async () => {
    const rows = await sql<{ kind: string; count: number }[]>`
      select concat_ws(' ', method, route, status) as kind, count::int from app.request_totals where service = 'api'`;
    return new Map(rows.map(({ kind, count }) => [kind, count]));
  };
  try {
    const before = await counted();
    for (const secret of ["a", "b", "c"]) await ask("GET", `/secret-path-${secret}`);
    await ask("PURGE", "/v1/products");
    deepStrictEqual(await ask("GET", "/v1/metrics", { authorization: `Bearer ${token}` }), [200, "# HELP"]);
    deepStrictEqual((await ask("GET", "/v1/metrics", { authorization: `Bearer ${token}x` }))[0], 401);
    await functions.stop(10_000);
    const after = await counted();
    const more = (kind: string) => (after.get(kind) ?? 0) - (before.get(kind) ?? 0);
    ok(more("GET unmatched 404") >= 3, "paths that no route takes are one kind");
    ok(more("OTHER unmatched 405") >= 1, "and so are methods");
    ok(more("GET /api/v1/metrics 200") >= 1 && more("GET /api/v1/metrics 401") >= 1);
    deepStrictEqual([...after.keys()].filter((kind) => kind.includes("secret-path")), []);
  } finally {
    functions.kill();
    await sql.end();
  }
});

Deno.test("operations: every alert rule has a runbook, whose first look can be taken as it stands", async () => {
  const sql = connect();
  try {
    const rules = await sql<{ runbook: string }[]>`select distinct runbook from public.alert_rules order by runbook`;
    ok(rules.length > 0);
    for (const { runbook } of rules) {
      const page = await Deno.readTextFile(join(import.meta.dirname!, `../../docs/operations/${runbook}.md`));
      const titles = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
      deepStrictEqual(titles, ["What it means", "First look", "Remedy", "Escalation"], runbook);
      const look = page.slice(page.indexOf("## First look"), page.indexOf("## Remedy"));
      const queries = [...look.matchAll(/```sql\n([^]+?)```/g)].map(([, query]) => query!);
      ok(queries.length > 0, runbook);
      for (const query of queries) {
        await sql.begin("read only", (tx) => tx.unsafe(query)).catch((error) => {
          throw new Error(`${runbook}: ${query}`, { cause: error });
        });
      }
    }
  } finally {
    await sql.end();
  }
});
