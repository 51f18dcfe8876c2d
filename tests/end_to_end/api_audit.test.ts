import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, connect, createPerson, createStranger, unique } from "./people.ts";

const api = await apiClient();
const ada = await createPerson("alma", { role: "vendor_admin", vendor: "audited" });
const vic = await createPerson("vito", { role: "vendor_viewer", vendor: "audited" });
const bob = await createPerson("bert", { role: "vendor_admin", vendor: "unseen" });
const root = await createPerson("ruth", { role: "superadmin" });

interface Entry {
  action: string;
  entity_id: string;
  vendor_id: string;
  actor_client_id: string;
  actor_role: string;
  ip: string;
  ua: string;
  request_id: string;
  justification: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

const list = async (token: string, query: Record<string, string>, headers = {}) =>
  (await api.ask<{ data: Entry[] }>("GET", "/v1/audit", { token, query, headers })).body.data;
const origin = { "X-Forwarded-For": "203.0.113.7, 10.0.0.1", "User-Agent": "test/1" };

Deno.test("audit: a change of a role stands there with who, from where and what", async () => {
  const invited = await api.ask("POST", "/v1/members", {
    token: ada.token,
    body: { appwrite_user_id: `new-${unique}`, role: "vendor_viewer" },
  });
  await api.ask("PATCH", `/v1/members/${invited.body.id}`, {
    token: ada.token,
    body: { role: "vendor_operator" },
    headers: { ...origin, "X-Request-Id": `r-${unique}` },
  });
  const [entry, added] = await list(ada.token, { entity: "member", entity_id: invited.body.id });
  deepStrictEqual([added?.action, added?.ip], ["member.added", "127.0.0.1"], "the gateway tells the address");
  deepStrictEqual(
    [entry?.action, entry?.actor_client_id, entry?.actor_role, entry?.ip, entry?.ua, entry?.request_id],
    ["member.updated", `alma-${unique}`, "vendor_admin", "203.0.113.7", "test/1", `r-${unique}`],
  );
  deepStrictEqual([entry?.before, entry?.after], [{ role: "vendor_viewer" }, { role: "vendor_operator" }]);
  deepStrictEqual(await list(bob.token, { entity_id: invited.body.id }), [], "other vendors do not see it");
});

Deno.test("audit: refusals stand there: a role too low, in the vendor's rows; strangers, in the platform's", async () => {
  const headers = { ...origin, "X-Request-Id": `low-${unique}` };
  strictEqual((await api.ask("GET", "/v1/members", { token: vic.token, headers })).status, 403);
  const low = (await list(ada.token, { action: "access.refused" })).find((row) => row.request_id === `low-${unique}`);
  deepStrictEqual(low?.after, { reason: "insufficient-role", method: "GET", path: "/api/v1/members" });
  deepStrictEqual([low?.actor_client_id, low?.ip], [`vito-${unique}`, "203.0.113.7"]);

  const nemo = await createStranger("nell");
  for (const vendor of [{}, { "X-Vendor-Id": ada.vendorId }]) {
    const ask = { token: nemo.token, headers: { "X-Request-Id": `nemo-${unique}`, ...vendor } };
    strictEqual((await api.ask("GET", "/v1/products", ask)).status, 403);
  }
  const rows = await list(root.token, { action: "access.refused" });
  const reasons = rows.filter((row) => row.request_id === `nemo-${unique}`).map(({ after }) => after.reason);
  deepStrictEqual(reasons.sort(), ["no-membership", "not-a-member"]);
  deepStrictEqual((await list(ada.token, {})).filter((row) => row.request_id === `nemo-${unique}`), []);
});

Deno.test("break-glass: opens one vendor for a while, and every request stands in its audit log", async () => {
  const inside = { "X-Vendor-Id": ada.vendorId };
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    api.ask(method, path, { token: root.token, headers, ...(body ? { body } : {}) });
  strictEqual((await ask("GET", "/v1/products")).body.type, "/problems/no-vendor");
  strictEqual((await ask("GET", "/v1/products", inside)).body.type, "/problems/not-a-member");
  const justification = `Support case ${unique}: prices are missing.`;
  const opening = { vendor_id: ada.vendorId, justification, minutes: 5 };
  strictEqual((await ask("POST", "/v1/break-glass", {}, { ...opening, justification: "why not" })).status, 400);
  strictEqual((await ask("POST", "/v1/break-glass", {}, { ...opening, minutes: 61 })).status, 400);
  const missing = await ask("POST", "/v1/break-glass", {}, { ...opening, vendor_id: crypto.randomUUID() });
  strictEqual(missing.status, 404);
  const opened = await ask("POST", "/v1/break-glass", {}, opening);
  strictEqual(opened.status, 201);

  strictEqual((await ask("GET", "/v1/products", { ...inside, "X-Request-Id": `bg-${unique}` })).status, 200);
  strictEqual((await ask("GET", "/v1/products", { "X-Vendor-Id": bob.vendorId })).status, 403, "one vendor only");
  strictEqual((await ask("GET", "/v1/products")).status, 403, "the vendor must be named");
  const rows = await list(ada.token, { entity: "break_glass_session", entity_id: opened.body.id });
  const request = rows.find((row) => row.request_id === `bg-${unique}`);
  deepStrictEqual([request?.action, request?.justification], ["break_glass.request", justification]);
  deepStrictEqual(request?.after, { method: "GET", path: "/api/v1/products" });
  const exchange = await ask("POST", "/v1/token", { "X-Vendor-Id": opening.vendor_id });
  deepStrictEqual([exchange.status, exchange.body.type], [403, "/problems/insufficient-role"]);
  const seen = await api.ask("GET", "/v1/break-glass", { token: ada.token });
  deepStrictEqual(seen.body.data.map((session: { id: string }) => session.id), [opened.body.id]);

  deepStrictEqual((await ask("DELETE", `/v1/break-glass/${opened.body.id}`)).body, { closed: 1 });
  strictEqual((await ask("GET", "/v1/products", inside)).status, 403);
  deepStrictEqual((await ask("DELETE", "/v1/break-glass")).body, { closed: 0 });
});

Deno.test("audit: the worker seals what was written, and the chain holds", async () => {
  const verify = () => api.ask("GET", "/v1/audit/verify", { token: ada.token, query: { from_seq: 1 } });
  const sql = connect();
  try {
    const deadline = Date.now() + 20_000;
    while (true) {
      const [row] = await sql<{ unsealed: number }[]>`
        select count(*)::int as unsealed from public.audit_log as a
        where a.vendor_id = ${ada.vendorId}
          and not exists (select from app.audit_seals as s where s.audit_id = a.id)`;
      if (row?.unsealed === 0) break;
      ok(Date.now() < deadline, "the rows were not sealed in time");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await sql.end();
  }
  const { body } = await verify();
  deepStrictEqual([body.valid, body.first_broken], [true, null]);
  ok(body.checked > 0 && /^[0-9a-f]{64}$/.test(body.head.hash));
});

Deno.test("audit: pages follow each other without gaps, and a foreign cursor is 400", async () => {
  const all = await list(ada.token, { limit: "200" });
  const first = await api.ask("GET", "/v1/audit", { token: ada.token, query: { limit: 2 } });
  const next = first.body.next_cursor;
  const second = await api.ask("GET", "/v1/audit", { token: ada.token, query: { limit: 2, cursor: next } });
  const ids: number[] = [...first.body.data, ...second.body.data].map((row: { id: number }) => row.id);
  const known = all.map((row) => (row as unknown as { id: number }).id);
  deepStrictEqual(ids, known.slice(known.indexOf(ids[0] ?? 0)).slice(0, 4));
  const foreign = await api.ask("GET", "/v1/audit", { token: bob.token, query: { cursor: next } });
  strictEqual(foreign.body.type, "/problems/invalid-cursor");
});
