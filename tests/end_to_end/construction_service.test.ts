/** The construction service over HTTP: for everybody signed in; SQL and TypeScript ask the same questions. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { microServices } from "../../functions/construction/catalogue/micro_services.ts";
import { questionsFor } from "../../functions/construction/catalogue/questions_for.ts";
import { connect, constructionClient, createPerson, createStranger } from "./people.ts";

const service = await constructionClient();
const nemo = await createStranger("builder");
const eve = await createStranger("other-builder");
const root = await createPerson("root", { role: "superadmin" });
const ada = await createPerson("ada", { role: "vendor_admin", vendor: "acme" });
const get = (path: string, query = {}, token: string | undefined = nemo.token) =>
  service.ask("GET", `/construction${path}`, { query, token });
const post = (path: string, body: unknown, token: string | undefined = nemo.token, headers = {}) =>
  service.ask("POST", `/construction${path}`, { body, token, headers });

Deno.test("construction: services are listed page by page, and by place", async () => {
  const first = await get("/micro-services", { limit: 60 });
  strictEqual(first.body.data.length, 60);
  const rest = await get("/micro-services", { limit: 60, cursor: first.body.next_cursor });
  strictEqual(rest.body.next_cursor, null);
  const slugs = [...first.body.data, ...rest.body.data].map(({ slug }) => slug);
  deepStrictEqual(slugs.sort(), microServices.map(({ slug }) => slug).sort());
  const { body } = await get("/micro-services", { category: "painting", subcategory: "exterior" });
  deepStrictEqual(body.data.map(({ slug }: { slug: string }) => slug), [
    "deck-staining",
    "facade-painting",
    "fence-painting",
  ]);
  strictEqual((await get("/micro-services", { cursor: "nonsense" })).body.type, "/problems/invalid-cursor");
});

Deno.test("construction: questions come with slug and uuid", async () => {
  const { body, headers } = await get("/questions", { categories: "painting,interior,wall-painting" });
  deepStrictEqual([body.microId, body.fallback], ["wall-painting", false]);
  match(body.microUuid, /^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  deepStrictEqual(body.questions, JSON.parse(JSON.stringify(questionsFor(["wall-painting"]))));
  ok(headers.get("ratelimit"));
  const unknown = await get("/questions", { categories: "painting,unicorn" });
  deepStrictEqual([unknown.body.microId, unknown.body.microUuid, unknown.body.fallback], ["unicorn", null, true]);
  for (const categories of ["", ",", "a/b", "painting,!!", Array(11).fill("a").join()]) {
    const refused = await get("/questions", { categories });
    deepStrictEqual([refused.status, refused.body.errors[0].pointer], [400, "/categories"], categories);
  }
  strictEqual((await get("/questions")).status, 400);
});

Deno.test("construction: SQL builds the same questions for every selection", async () => {
  const sql = connect();
  try {
    const selections = [
      ...microServices.map(({ category, subcategory, slug }) => [category, subcategory, slug]),
      ["painting"],
      ["painting", "interior"],
      ["nothing", "known"],
      [],
    ];
    const rows = await sql<{ wizard: { questions: unknown } }[]>`
      select public.build_wizard_questions(array(select jsonb_array_elements_text(s.selection))) as wizard
      from jsonb_array_elements(${JSON.stringify(selections)}::text::jsonb) with ordinality as s (selection, number)
      order by s.number`;
    for (const [at, selection] of selections.entries()) {
      deepStrictEqual(
        rows[at]!.wizard.questions,
        JSON.parse(JSON.stringify(questionsFor(selection))),
        String(selection),
      );
    }
  } finally {
    await sql.end();
  }
});

Deno.test("construction: many slugs are looked up at once", async () => {
  const { body } = await post("/lookups", { slugs: ["wall-painting", "nope", "Wall Painting", "paving"] });
  deepStrictEqual(body.data.map(({ slug, fallback }: { slug: string; fallback: boolean }) => [slug, fallback]), [
    ["wall-painting", false],
    ["nope", true],
    ["paving", false],
  ]);
  strictEqual(body.data[1].reason, "not_found");
  strictEqual((await post("/lookups", { slugs: microServices.map(({ slug }) => slug) })).body.data.length, 96);
  for (const given of [{}, { slugs: [] }, { slugs: [7] }, { slugs: Array(201).fill("a") }, { slugs: ["a"], x: 1 }]) {
    strictEqual((await post("/lookups", given)).status, 400);
  }
});

Deno.test("construction: a job is published, shown to its owner alone, listed and closed", async () => {
  const input = { microId: "wall-painting", answers: { room_type: "bedroom", wall_count: 4 } };
  const made = await post("/jobs", { ...input, budget: "1500", location: { city: "Vienna", country: "AT" } });
  strictEqual(made.status, 201);
  ok(made.headers.get("location")?.endsWith(`/construction/jobs/${made.body.id}`));
  deepStrictEqual([made.body.budget, made.body.status, made.body.micro_id], ["1500.00", "published", "wall-painting"]);
  const questions = await get("/questions", { categories: "wall-painting" });
  strictEqual(made.body.micro_uuid, questions.body.microUuid);
  deepStrictEqual((await get(`/jobs/${made.body.id}`)).body, made.body);
  for (const { token } of [eve, root, ada]) strictEqual((await get(`/jobs/${made.body.id}`, {}, token)).status, 404);
  strictEqual((await get("/jobs")).body.data[0].id, made.body.id);
  strictEqual((await get("/jobs", {}, eve.token)).body.data.length, 0);
  strictEqual((await post(`/jobs/${made.body.id}/close`, undefined, eve.token)).status, 404);
  strictEqual((await post(`/jobs/${made.body.id}/close`, undefined)).body.status, "closed");
  strictEqual((await get("/jobs/nope")).status, 400);
});

Deno.test("construction: a job by slug alone, with the wizard's nulls, is as good", async () => {
  const known = await post("/jobs", { microId: "repointing", microUuid: null, answers: {} });
  ok(known.body.microUuid, "a known slug gets its uuid");
  const unknown = await post("/jobs", { micro_id: "unicorn-painting", answers: { wish: "glitter" } });
  deepStrictEqual([unknown.status, unknown.body.micro_uuid], [201, null]);
});

Deno.test("construction: each fault of a job is named by its place", async () => {
  const cases: [unknown, string][] = [
    [{}, "/microId"],
    [{ microId: "paving", micro_id: "paving" }, "/micro_id"],
    [{ microId: "a/b" }, "/microId"],
    [{ microId: "paving", microUuid: crypto.randomUUID() }, "/microUuid"],
    [{ microId: "paving", answer: {} }, "/answer"],
    [{ microId: "paving", answers: [] }, "/answers"],
    [{ microId: "paving", budget: -5 }, "/budget"],
    [{ microId: "wall-painting", answers: { room_type: "attic", wall_count: 4 } }, "/answers/room_type"],
    [{ microId: "wall-painting", answers: { room_type: "bedroom" } }, "/answers/wall_count"],
    [{ microId: "paving", answers: { pets: 1 } }, "/answers/pets"],
  ];
  for (const [body, pointer] of cases) {
    const refused = await post("/jobs", body);
    deepStrictEqual([refused.status, refused.body.errors?.[0]?.pointer], [400, pointer], JSON.stringify(body));
  }
});

Deno.test("construction: an Idempotency-Key publishes a job once", async () => {
  const send = () => post("/jobs", { microId: "paving" }, nemo.token, { "Idempotency-Key": "once-only" });
  const first = await send();
  const again = await send();
  deepStrictEqual([again.body.id, again.headers.get("idempotent-replayed")], [first.body.id, "true"]);
});

Deno.test("construction: related services are recommended", async () => {
  const { body } = await get("/micro-services/paving/recommendations", { limit: 3 });
  strictEqual(body.data.length, 3);
  strictEqual((await get("/micro-services/nope/recommendations")).status, 404);
});

Deno.test("construction: figures are for superadmins, and count the lookups made", async () => {
  for (const { token } of [nemo, ada]) strictEqual((await get("/lookups/stats", {}, token)).status, 403);
  await post("/lookups", { slugs: ["paving"] });
  const { body } = await get("/lookups/stats", {}, root.token);
  ok(body.last_hour.lookups > 0 && body.last_hour.cache_hit_rate > 0);
  deepStrictEqual(body.alerts.map(({ alert }: { alert: string }) => alert), [
    "High Latency",
    "Low Success Rate",
    "Circuit Open",
    "High Fallback",
  ]);
  deepStrictEqual([body.isolate.circuit, body.isolate.events_waiting], ["closed", 0]);
  ok(body.isolate.cached >= 96, "warmed at start");
});

Deno.test("construction: nothing but health and the document is open to strangers without a token", async () => {
  for (const [path, item] of Object.entries(service.document.paths)) {
    for (const method of Object.keys(item)) {
      if (/health|openapi/.test(path)) continue;
      const concrete = path.replace("{slug}", "paving").replace("{id}", crypto.randomUUID());
      strictEqual((await service.ask(method.toUpperCase(), concrete)).status, 401, `${method} ${path}`);
    }
  }
  strictEqual((await service.ask("GET", "/construction/health")).body.service, "construction");
});
