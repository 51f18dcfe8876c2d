import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson } from "./people.ts";

const api = await apiClient();
const adam = await createPerson("matching-adam", { role: "vendor_admin", vendor: "matching" });
const olga = await createPerson("matching-olga", { role: "vendor_operator", vendor: "matching" });
const vera = await createPerson("matching-vera", { role: "vendor_viewer", vendor: "matching" });
const bert = await createPerson("matching-bert", { role: "vendor_admin", vendor: "matching-beta" });

Deno.test("matching: a customer's matches are computed once, explained, voided by changes, and found in a recall", async () => {
  const items = [
    { external_id: "apple", name: "Apple", allergens: [], nutrition: { calories: 80, sodium_mg: 1, sugar_g: 15 } },
    { external_id: "crisps", name: "Crisps", allergens: [], nutrition: { calories: 155, sodium_mg: 570, sugar_g: 0 } },
    { external_id: "cheese", name: "Cheese", allergens: ["milk"] },
    { external_id: "mystery", name: "Mystery" },
  ];
  strictEqual((await api.ask("POST", "/v1/products", { token: olga.token, body: { items } })).body.inserted, 4);
  const person = { external_id: "c", full_name: "Cee", email: "cee@example.com", age: 40, gender: "female" };
  await api.ask("POST", "/v1/customers", { token: olga.token, body: { items: [person] } });
  const { body: customers } = await api.ask("GET", "/v1/customers", { token: olga.token });
  const customer = customers.data[0].id;
  const path = `/v1/matches/${customer}`;
  strictEqual((await api.ask("GET", path, { token: olga.token })).body.type, "/problems/consent-required");
  const consent = { consent_type: "health_data", granted: true, version: "1" };
  await api.ask("POST", `/v1/customers/${customer}/consents`, { token: olga.token, body: consent });
  strictEqual((await api.ask("GET", path, { token: olga.token })).body.type, "/problems/no-health-profile");
  const profile = {
    height_cm: 170,
    weight_kg: 70,
    age: 40,
    gender: "female",
    activity_level: "moderate",
    conditions: ["hypertension"],
    avoid_allergens: ["milk"],
  };
  await api.ask("PUT", `/v1/customers/${customer}/health`, { token: olga.token, body: profile });

  const answers = await Promise.all([1, 2, 3, 4].map(() => api.ask("GET", path, { token: olga.token })));
  strictEqual(answers.filter(({ body }) => !body.cached).length, 1, "a stampede computes once");
  const [first] = answers.map(({ body }) => body);
  deepStrictEqual(first.results.map((row: { product: { name: string } }) => row.product.name), ["Apple", "Crisps"]);
  deepStrictEqual([first.excluded.allergens, first.excluded.unknown_allergens], [1, 1]);
  ok(first.results[1].reasons.includes("uses 38 % of the daily sodium budget (1,500 mg, hypertension)"));
  strictEqual((await api.ask("GET", path, { token: olga.token, query: { k: 1 } })).body.results.length, 1);
  strictEqual((await api.ask("GET", path, { token: olga.token, query: { k: 101 } })).status, 400);
  strictEqual((await api.ask("GET", path, { token: vera.token })).status, 403);
  strictEqual((await api.ask("GET", path, { token: bert.token })).status, 404);

  const weights = { preference_fit: 0, budget_fit: 1, recency: 0 };
  strictEqual((await api.ask("GET", "/v1/scoring-policy", { token: olga.token })).status, 403);
  strictEqual((await api.ask("GET", "/v1/scoring-policy", { token: adam.token })).body.vendor_id, null);
  const policy = { weights, unknown_allergens: "warn" };
  strictEqual((await api.ask("PUT", "/v1/scoring-policy", { token: adam.token, body: policy })).body.version, 1);
  const warned = (await api.ask("GET", path, { token: olga.token })).body;
  deepStrictEqual([warned.cached, warned.results.length], [false, 3]);

  const recalled = [{ external_id: "apple", name: "Apple", allergens: ["milk"] }];
  await api.ask("POST", "/v1/products", { token: olga.token, body: { items: recalled } });
  const { body: affected } = await api.ask("POST", "/v1/matches/affected", {
    token: olga.token,
    body: { product_id: first.results[0].product_id },
  });
  deepStrictEqual(
    affected.data.map((row: { customer_id: string; allergens: string[] }) => [row.customer_id, row.allergens]),
    [
      [customer, ["milk"]],
    ],
  );
  const byAllergen = await api.ask("POST", "/v1/matches/affected", { token: olga.token, body: { allergen: "dairy" } });
  strictEqual(byAllergen.body.data.length, 1);
  deepStrictEqual(
    (await api.ask("POST", "/v1/matches/affected", { token: bert.token, body: { allergen: "milk" } })).body.data,
    [],
  );
  strictEqual((await api.ask("POST", "/v1/matches/affected", { token: olga.token, body: {} })).status, 400);
});
