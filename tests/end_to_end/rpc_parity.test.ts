/** The same question through HTTP and through `rpc()` with an exchanged token: the same answer, or the same refusal. */
import { deepStrictEqual, strictEqual } from "node:assert";
import { isDeepStrictEqual } from "node:util";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { apiClient, connect, createPerson, type Person, stack, unique } from "./people.ts";

const api = await apiClient();
const people = {
  admin: await createPerson("aida", { role: "vendor_admin", vendor: "parity" }),
  operator: await createPerson("otto", { role: "vendor_operator", vendor: "parity" }),
  viewer: await createPerson("vera", { role: "vendor_viewer", vendor: "parity" }),
  foreigner: await createPerson("faro", { role: "vendor_admin", vendor: "elsewhere" }),
  superadmin: await createPerson("rune", { role: "superadmin" }),
  client: await createPerson("carl", { role: "client", permissions: [] }),
};
type Who = keyof typeof people;

async function clientOf({ token }: Person): Promise<SupabaseClient> {
  const { body } = await api.ask("POST", "/v1/token", { token });
  return createClient(stack.url, stack.publishableKey, { accessToken: () => Promise.resolve(body.access_token) });
}
const clients = Object.fromEntries(
  await Promise.all(Object.entries(people).map(async ([who, person]) => [who, await clientOf(person)] as const)),
) as Record<Who, SupabaseClient>;

const items = ["oat", "rye", "milk"].map((name) => ({ external_id: `${name}-${unique}`, name: `${name} drink` }));
for (const { token } of [people.operator, people.foreigner]) {
  await api.ask("POST", "/v1/products", { token, body: { items } });
}
const listed = await api.ask("GET", "/v1/products", { token: people.viewer.token });
const id: string = listed.body.data[0].id;
const made = await api.ask("POST", "/v1/taxonomy/tags", {
  token: people.operator.token,
  body: { label: `P ${unique}` },
});
const termId: string = made.body.id;
const absent = crypto.randomUUID();

interface Question {
  what: string;
  http: [method: string, path: string, ask?: { query?: Record<string, string>; body?: unknown }];
  rpc: [name: string, parameters?: Record<string, unknown>];
}

const questions: Question[] = [
  { what: "who am I", http: ["GET", "/v1/me"], rpc: ["get_me"] },
  { what: "products", http: ["GET", "/v1/products"], rpc: ["search_products"] },
  {
    what: "a search",
    http: ["GET", "/v1/search/products", { query: { q: "drink", limit: "2" } }],
    rpc: ["search_products", { q: "drink", sort: "relevance", page_limit: 2 }],
  },
  {
    what: "a bad cursor",
    http: ["GET", "/v1/products", { query: { cursor: "AAAA" } }],
    rpc: ["search_products", { cursor: "AAAA" }],
  },
  { what: "a product", http: ["GET", `/v1/products/${id}`], rpc: ["get_product", { id }] },
  { what: "no product", http: ["GET", `/v1/products/${absent}`], rpc: ["get_product", { id: absent }] },
  {
    what: "the same products again",
    http: ["POST", "/v1/products", { body: { items } }],
    rpc: ["upsert_products", { items }],
  },
  {
    what: "a bad batch, atomically",
    http: ["POST", "/v1/products", { query: { atomic: "true" }, body: { items: [{ external_id: "x", name: "" }] } }],
    rpc: ["upsert_products", { items: [{ external_id: "x", name: "" }], atomic: true }],
  },
  {
    what: "a price that is none",
    http: ["PATCH", `/v1/products/${id}`, { body: { price: "-1.00" } }],
    rpc: ["patch_product", { id, patch: { price: "-1.00" } }],
  },
  {
    what: "a term",
    http: ["GET", `/v1/taxonomy/tags/${termId}`],
    rpc: ["get_taxonomy_term", { kind: "tags", id: termId }],
  },
  { what: "jobs", http: ["GET", "/v1/jobs"], rpc: ["list_ingestion_jobs"] },
  {
    what: "jobs of a status that is none",
    http: ["GET", "/v1/jobs", { query: { status: "zz" } }],
    rpc: ["list_ingestion_jobs", { status: "zz" }],
  },
  {
    what: "jobs of a mode that is none",
    http: ["GET", "/v1/jobs", { query: { mode: "zz" } }],
    rpc: ["list_ingestion_jobs", { mode: "zz" }],
  },
  {
    what: "members of a role that is none",
    http: ["GET", "/v1/members", { query: { role: "superadmin" } }],
    rpc: ["list_members", { role: "superadmin" }],
  },
  {
    what: "members of a status that is none",
    http: ["GET", "/v1/members", { query: { status: "zz" } }],
    rpc: ["list_members", { status: "zz" }],
  },
  {
    what: "vendors of a status that is none",
    http: ["GET", "/v1/vendors", { query: { status: "zz" } }],
    rpc: ["list_vendors", { status: "zz" }],
  },
  {
    what: "synonyms of a mode that is none",
    http: ["GET", "/v1/synonyms/headers", { query: { mode: "zz" } }],
    rpc: ["list_synonyms", { kind: "headers", mode: "zz" }],
  },
  {
    what: "synonyms of a domain that is none",
    http: ["GET", "/v1/synonyms/values", { query: { domain: "zz" } }],
    rpc: ["list_synonyms", { kind: "values", domain: "zz" }],
  },
  {
    what: "no products at all",
    http: ["POST", "/v1/products", { body: { items: [] } }],
    rpc: ["upsert_products", { items: [] }],
  },
  {
    what: "no customers at all",
    http: ["POST", "/v1/customers", { body: { items: [] } }],
    rpc: ["upsert_customers", { items: [] }],
  },
  {
    what: "a chain from before its first place",
    http: ["GET", "/v1/audit/verify", { query: { from_seq: "0" } }],
    rpc: ["verify_audit_log", { from_seq: 0 }],
  },
  {
    what: "a webhook to an address that is not public",
    http: ["POST", "/v1/webhooks", { body: { url: "https://10.0.0.1/", events: ["job.completed"] } }],
    rpc: ["create_webhook", { url: "https://10.0.0.1/", events: ["job.completed"] }],
  },
  {
    what: "a connector to an address that is not public",
    http: ["PUT", "/v1/connectors/parity", { body: { base_url: "https://[fe80::1]/" } }],
    rpc: ["put_connector", { source: "parity", config: { base_url: "https://[fe80::1]/" } }],
  },
  { what: "members", http: ["GET", "/v1/members"], rpc: ["list_members"] },
  {
    what: "a member that is none",
    http: ["PATCH", `/v1/members/${absent}`, { body: { role: "vendor_viewer" } }],
    rpc: ["update_member", { id: absent, role: "vendor_viewer" }],
  },
  {
    what: "vendors",
    http: ["GET", "/v1/vendors", { query: { limit: "3" } }],
    rpc: ["list_vendors", { page_limit: 3 }],
  },
  { what: "a vendor that is none", http: ["GET", `/v1/vendors/${absent}`], rpc: ["get_vendor", { id: absent }] },
  { what: "break-glass sessions", http: ["GET", "/v1/break-glass"], rpc: ["list_break_glass"] },
];

for (const { what, http: [method, path, ask = {}], rpc: [name, parameters = {}] } of questions) {
  Deno.test(`rpc() and HTTP agree: ${what}`, async () => {
    for (const [who, person] of Object.entries(people) as [Who, Person][]) {
      const overHttp = () => api.ask(method, path, { token: person.token, ...ask });
      let [before, rpc, answer] = [await overHttp(), await clients[who].rpc(name, parameters), await overHttp()];
      // What superadmins see of all vendors, other files change meanwhile.
      const hasChanged = () => answer.status === 200 && !isDeepStrictEqual(steady(before.body), steady(answer.body));
      for (let n = 0; n < 10 && hasChanged(); n++) {
        [before, rpc, answer] = [answer, await clients[who].rpc(name, parameters), await overHttp()];
      }
      const { data, error, status } = rpc;
      strictEqual(
        status,
        answer.status,
        `${who}: HTTP ${answer.status} ${answer.text}, rpc ${status} ${error?.message}`,
      );
      if (!error) deepStrictEqual(steady(data), steady(answer.body), who);
      else deepStrictEqual(`/problems/${JSON.parse(error.details).type}`, answer.body.type, who);
    }
  });
}

/** Without cursors: each is made anew, with a key of its own time. */
// deno-lint-ignore no-explicit-any
function steady(body: any) {
  return body && typeof body === "object" && "next_cursor" in body
    ? { ...body, next_cursor: body.next_cursor !== null }
    : body;
}

Deno.test("rpc() refuses at once what the token still says but is no longer true", async () => {
  const leaver = await createPerson("leo", { role: "vendor_operator", vendor: "parity" });
  const client = await clientOf(leaver);
  strictEqual((await client.rpc("search_products")).status, 200);
  const sql = connect();
  await sql`update public.user_links as l set status = 'suspended' from public.users as u
    where u.id = l.user_id and u.appwrite_user_id = ${`leo-${unique}`}`;
  await sql.end();
  strictEqual((await client.rpc("search_products")).status, 403);
  strictEqual((await api.ask("GET", "/v1/products", { token: leaver.token })).status, 403);
});
