/** The operators' figures over HTTP: requests that were made are counted, in the page and for Prometheus. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson } from "./people.ts";

const api = await apiClient();
const root = await createPerson("opal", { role: "superadmin" });

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
