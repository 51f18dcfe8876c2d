import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert";
import { apiClient, connect, createPerson, stack, superIdsClient, unique } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "acme" });
const oona = await createPerson("oona", { role: "vendor_operator", vendor: "acme" });
const agent = await createPerson("iris", { role: "client", permissions: ["super_id:generate"] });

const key = () => `key-${crypto.randomUUID()}`;
const tag = (code: string) => ({ code: `${code}_${unique}`, label: code });
const post = (path: string, idempotencyKey: string, body: unknown, token = olga.token, query = {}) =>
  api.ask("POST", path, { token, body, query, headers: { "Idempotency-Key": idempotencyKey } });

Deno.test("idempotency: the same request again gets the first answer", async () => {
  const name = key();
  const first = await post("/v1/taxonomy/tags", name, tag("once"));
  const second = await post("/v1/taxonomy/tags", `"${name}"`, tag("once"));
  deepStrictEqual([first.status, second.status, second.text], [201, 201, first.text]);
  strictEqual(second.headers.get("location"), first.headers.get("location"));
  deepStrictEqual([first, second].map(({ headers }) => headers.get("idempotent-replayed")), [null, "true"]);
});

Deno.test("idempotency: PATCH and PUT too; a replay does not undo what came after it", async () => {
  const { body: term } = await post("/v1/taxonomy/tags", key(), tag("patched"));
  const path = `/v1/taxonomy/tags/${term.id}`;
  const patch = (name: string, label: string) =>
    api.ask("PATCH", path, { token: olga.token, body: { label }, headers: { "Idempotency-Key": name } });
  const name = key();
  strictEqual((await patch(name, "first")).body.label, "first");
  strictEqual((await patch(key(), "second")).body.label, "second");
  strictEqual((await patch(name, "first")).body.label, "first");
  strictEqual((await api.ask("GET", path, { token: olga.token })).body.label, "second");
});

Deno.test("idempotency: another body or query under the same key is 422", async () => {
  const name = key();
  const items = { items: [{ external_id: `idem-${unique}`, name: "Oats" }] };
  strictEqual((await post("/v1/products", name, items)).status, 200);
  for (
    const answer of [
      await post("/v1/products", name, { items: [{ external_id: `idem-${unique}`, name: "Rye" }] }),
      await post("/v1/products", name, items, olga.token, { atomic: true }),
    ]
  ) deepStrictEqual([answer.status, answer.body.type], [422, "/problems/idempotency-key-reused"]);
});

Deno.test("idempotency: a key belongs to its caller and path", async () => {
  const name = key();
  const first = await post("/v1/taxonomy/tags", name, tag("mine"));
  const other = await post("/v1/taxonomy/tags", name, tag("hers"), oona.token);
  const elsewhere = await post("/v1/taxonomy/cuisines", name, tag("mine"));
  for (const answer of [first, other, elsewhere]) {
    deepStrictEqual([answer.status, answer.headers.get("idempotent-replayed")], [201, null]);
  }
});

Deno.test("idempotency: what was refused is judged anew", async () => {
  const name = key();
  strictEqual((await post("/v1/taxonomy/tags", name, { label: "" })).status, 400);
  strictEqual((await post("/v1/taxonomy/tags", name, tag("later"))).status, 201);
  const taken = key();
  strictEqual((await post("/v1/taxonomy/tags", taken, tag("later"))).status, 409);
  strictEqual((await post("/v1/taxonomy/tags", taken, tag("other"))).status, 201);
});

Deno.test("idempotency: a refusal of any kind leaves its key free", async () => {
  const external_id = `refused-${unique}`;
  const { body: first } = await post("/v1/products", key(), { items: [{ external_id, name: "Bread" }] });
  strictEqual(first.inserted, 1);
  const listed = await api.ask("GET", "/v1/products", { token: olga.token, query: { q: "bread" } });
  const { id } = listed.body.data.find((row: { external_id: string }) => row.external_id === external_id);
  await api.ask("DELETE", `/v1/products/${id}`, { token: olga.token });
  const name = key();
  const patch = (brand: unknown) =>
    api.ask("PATCH", `/v1/products/${id}`, {
      token: olga.token,
      body: { brand },
      headers: { "Idempotency-Key": name },
    });
  strictEqual((await patch("Mill")).status, 404);
  await post("/v1/products", key(), { items: [{ external_id, name: "Bread" }] });
  strictEqual((await patch(7)).status, 400);
  const done = await patch("Mill");
  deepStrictEqual([done.status, done.headers.get("idempotent-replayed")], [200, null]);
  strictEqual((await patch("Mill")).headers.get("idempotent-replayed"), "true");
  strictEqual((await patch("Other")).status, 422);
  // A right that was missing, and was given.
  const vera = await createPerson("vera", { role: "vendor_viewer", vendor: "acme" });
  const denied = key();
  strictEqual((await post("/v1/taxonomy/tags", denied, tag("denied"), vera.token)).status, 403);
  await createPerson("vera", { role: "vendor_operator", vendor: "acme" });
  strictEqual((await post("/v1/taxonomy/tags", denied, tag("denied"), vera.token)).status, 201);
});

Deno.test("idempotency: where nothing is changed a key has no effect, and the document says so", async () => {
  const [first, second] = [await post("/v1/token", "same", undefined), await post("/v1/token", "same", undefined)];
  deepStrictEqual([first.status, second.status, second.headers.get("idempotent-replayed")], [200, 200, null]);
  notStrictEqual(second.body.access_token, first.body.access_token);
  const sql = connect();
  const kept = await sql`select from public.idempotency_keys where path like '%/v1/token%'`;
  await sql.end();
  strictEqual(kept.length, 0);
  const document = await (await fetch(`${stack.functionsUrl}/api/openapi.json`)).json();
  for (const path of ["/v1/token", "/v1/connectors/{source}/test"]) {
    const { parameters, responses } = document.paths[path].post;
    const header = parameters.find((parameter: { name: string }) => parameter.name === "Idempotency-Key");
    match(header.description ?? header.schema.description, /^Has no effect here/);
    strictEqual(responses[422], undefined);
  }
});

Deno.test("idempotency: what is no key is 400", async () => {
  for (const bad of ['""', "", " ", '"open', '"a", "b"', "a, b", "x".repeat(256), "é", '"a";b=1']) {
    const { status, body } = await post("/v1/taxonomy/tags", bad, tag("bad"));
    deepStrictEqual([status, body?.errors?.[0]?.pointer], [400, "/Idempotency-Key"], bad);
  }
  strictEqual((await post("/v1/taxonomy/tags", "x".repeat(255), tag("longest"))).status, 201);
  strictEqual((await post("/v1/taxonomy/tags", '"a \\"quoted\\" \\\\ key, of one"', tag("quoted"))).status, 201);
});

Deno.test("idempotency: fifty identical requests at once do the work once", async () => {
  const name = key();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => post("/v1/taxonomy/tags", name, tag("fifty"))),
  );
  const worked = answers.filter(({ status, headers }) => status === 201 && !headers.has("idempotent-replayed"));
  strictEqual(worked.length, 1);
  for (const { status, text, body } of answers) {
    if (status === 201) strictEqual(text, worked[0]?.text);
    else deepStrictEqual([status, body.type], [409, "/problems/idempotency-key-in-use"]);
  }
  const sql = connect();
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from public.tax_tags where code = ${`fifty_${unique}`}`;
  await sql.end();
  strictEqual(row?.count, 1);
});

Deno.test("idempotency: an answer with 10,000 errors is repeated whole", async () => {
  const name = key();
  const items = Array.from({ length: 10_000 }, (_, n) => ({ external_id: `big-${n}`, name: "" }));
  const first = await post("/v1/products", name, { items });
  const second = await post("/v1/products", name, { items });
  deepStrictEqual([first.status, first.body.failed, first.body.errors.length], [200, 10_000, 10_000]);
  strictEqual(second.headers.get("idempotent-replayed"), "true");
  strictEqual(second.text, first.text);
});

Deno.test("idempotency: a job is made once, and its upload target is the same", async () => {
  const name = key();
  const start = () => post("/v1/ingest/csv", name, {}, olga.token, { mode: "products" });
  const [first, second] = [await start(), await start()];
  deepStrictEqual([first.status, second.status, second.body], [201, 201, first.body]);
  strictEqual(second.headers.get("idempotent-replayed"), "true");
});

Deno.test("idempotency: super ids are minted once under a key", async () => {
  const superIds = await superIdsClient();
  const mint = (name: string) =>
    superIds.ask("POST", "/super_ids", {
      token: agent.token,
      body: { count: 3 },
      headers: { "Idempotency-Key": name },
    });
  const name = key();
  const [first, second, other] = [await mint(name), await mint(name), await mint(key())];
  deepStrictEqual([second.status, second.body], [201, first.body]);
  strictEqual(second.headers.get("idempotent-replayed"), "true");
  notStrictEqual(other.text, first.text);
});
