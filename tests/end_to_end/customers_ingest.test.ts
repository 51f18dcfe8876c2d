/** A file of customers with health columns, through upload, worker, reports and audit. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { api, ingest } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

const olga = await createPerson("olga", { role: "vendor_operator", vendor: "clinic" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "clinic" });

// deno-lint-ignore no-explicit-any
type Json = any;

const file = `Patient ID;Full name;Email;DOB;Sex;Height;Weight;Activity level;Conditions;Allergies;Consent
p1;Ada Lovelace;ada@x.org;12/10/1990;F;5'11";180 lb;moderate;high blood pressure, CKD;peanut;yes
p2;Grace Hopper;grace@x.org;1985-02-28;f;180 cm;80 kg;very active;;;no
p3;broken;row
p4;Alan Turing;alan;1980-01-01;m;1.80;70;light;;;yes
`;

Deno.test("customers: a file is applied with what its consents allow, and reports no health data", async () => {
  const job = await ingest(olga, file, {}, "customers");
  deepStrictEqual([job.status, job.totals.rows_valid, job.totals.inserted, job.totals.rows_failed], [
    "completed",
    2,
    2,
    2,
  ]);
  const errors = await api.ask("GET", `/v1/jobs/${job.id}/errors`, { token: vic.token });
  deepStrictEqual(
    errors.body.data.map((row: Json) => [row.row_no, row.field, row.code]),
    [[2, "health_consent", "consent_required"], [3, null, "ragged_row"], [4, "email", "invalid_email"]],
  );
  const csv = await (await fetch(job.error_url)).text();
  for (const text of [errors.text, csv]) ok(!/180|80 kg|1\.80|peanut|broken/.test(text), text);

  const { body: { data: [ada] } } = await api.ask("GET", "/v1/customers", { token: vic.token, query: { q: "ada" } });
  deepStrictEqual([ada.external_id, ada.dob, ada.gender], ["p1", "1990-12-10", "female"]);
  const { body: health } = await api.ask("GET", `/v1/customers/${ada.id}/health`, { token: olga.token });
  deepStrictEqual([health.height_cm, health.weight_kg, health.conditions, health.avoid_allergens], [
    180.34,
    81.65,
    ["ckd", "hypertension"],
    ["peanuts"],
  ]);
  deepStrictEqual(health.derived_limits.conflicts.map((conflict: Json) => conflict.nutrient), ["potassium_mg"]);
  const again = await ingest(olga, file, {}, "customers");
  strictEqual(again.totals.unchanged, 2);
});

Deno.test("customers: a preview shows the rows as they would be, and stores nothing", async () => {
  const text = "id,name,email,height\nq1,Joan Clarke,joan@x.org,170\n";
  const ask = { token: olga.token, query: { mode: "customers" }, body: { text } };
  const { status, body } = await api.ask("POST", "/v1/ingest/preview", ask);
  strictEqual(status, 200);
  deepStrictEqual([body.rows[0].outcome, body.rows[0].stored.full_name], ["inserted", "Joan Clarke"]);
  deepStrictEqual(body.errors.map((error: Json) => error.code), ["consent_required"]);
  const found = await api.ask("GET", "/v1/customers", { token: vic.token, query: { q: "joan" } });
  deepStrictEqual(found.body.data, []);
});

Deno.test("customers: a corrected errors.csv brings rows in and leaves health data as it is", async () => {
  const text = "id,name,email,dob,sex,height,weight,activity,consent\n" +
    "r1,Ada Byron,ada@y.org,1990-12-10,f,170,60,light,yes\nr2,Mary,mary,1985-02-28,f,165,55,light,yes\n";
  const job = await ingest(olga, text, {}, "customers");
  deepStrictEqual([job.totals.inserted, job.totals.rows_failed], [1, 1]);
  const csv = await (await fetch(job.error_url)).text();
  ok(!/light|165/.test(csv.replaceAll(/#job_id"": ""[^"]*/g, "")), csv);
  const fixed = csv.replace('""mary""', '""mary@y.org""') +
    `9,,required,,"{""id"": ""r1"", ""name"": ""Ada King"", ""email"": ""ada@y.org"", ""consent"": ""yes""}"\n`;
  const again = await ingest(olga, fixed, {}, "customers");
  deepStrictEqual([again.status, again.totals.inserted, again.totals.updated, again.totals.rows_failed], [
    "completed",
    1,
    1,
    0,
  ]);
  const { body: { data: [ada] } } = await api.ask("GET", "/v1/customers", { token: vic.token, query: { q: "king" } });
  const { body: health } = await api.ask("GET", `/v1/customers/${ada.id}/health`, { token: olga.token });
  deepStrictEqual([health.height_cm, health.weight_kg], [170, 60]);
});
