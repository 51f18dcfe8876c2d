/** Texts that break programs, through every text of a product, a term and a search: kept as they are, or refused. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson, unique } from "./people.ts";

const api = await apiClient();
const olga = await createPerson("olga", { role: "vendor_operator", vendor: "texts" });

const naughty: Record<string, string> = {
  "a quote for SQL": "Robert'); drop table public.products;--",
  "dollar quotes": "$$; select pg_sleep(10); $$ $1 ${a} %s %n {0}",
  "a pattern": "%_\\%' or 1=1 --",
  "a tsquery": "a & !b | (c <-> d):*ABCD ' \\ ::text",
  "a path": "../../../../etc/passwd\\..\\..\\boot.ini",
  "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;&#x27;",
  "a formula": '=cmd|" /C calc"!A0 @SUM(1+1)*cmd',
  "json": '{"a":[null,true],"\\u0041":"\\\\"}',
  "a shell": "`id` $(id) ; id | id && id",
  "a template": "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
  "right to left": "\u202eabc\u202c \u05e2\u05d1\u05e8\u05d9\u05ea \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u200f",
  "zero width": "a\u200bb\u200cc\u200dd\ufeffe",
  "marks in a heap": `Z${"\u0315\u0336\u0489".repeat(30)}algo`,
  "outside the plane": "\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f1e6}\u{1f1e8} \u{10ffff} \u{20000}",
  "decomposed": "Cre\u0300me bru\u0302le\u0301e",
  "full width": "\uff21\uff22\uff23\u3000\uff11\uff12\uff13",
  "dotless and sharp": "\u0130\u0131 \u00df \ufb03 \u01c4",
  "not a character": "\ufffe \uffff \ufffd",
  "control": "a\u0001b\u0008c\u001bd\u007fe\u0085f\u2028g",
  "blanks of all kinds": "a\u00a0b\u2003c\u3000d\te",
  "a word of null": "null",
  "a number": "1e400",
  "a date": "2026-02-30T25:61:61Z",
  "long": "long word ".repeat(9).trim(),
};

const fields = [
  "name",
  "brand",
  "description",
  "short_description",
  "ingredients",
  "serving_size",
  "package_weight",
] as const;

// deno-lint-ignore no-explicit-any
type Json = any;

Deno.test("naughty texts: each comes back from each text field as it went in, blanks at its ends aside", async () => {
  const entries = Object.entries(naughty);
  const items = entries.map(([, text], at) => ({
    external_id: `naughty-${at}`,
    ...Object.fromEntries(fields.map((field) => [field, text])),
  }));
  const { status, body } = await api.ask("POST", "/v1/products", { token: olga.token, body: { items } });
  deepStrictEqual([status, body.errors], [200, []]);
  const { body: page } = await api.ask("GET", "/v1/products", { token: olga.token, query: { limit: 200 } });
  for (const [at, [what, text]] of entries.entries()) {
    const row = page.data.find((row: Json) => row.external_id === `naughty-${at}`);
    for (const field of fields) strictEqual(row?.[field].trim(), text.trim(), `${what} in ${field}`);
  }
});

Deno.test("naughty texts: as an external_id each names one product of its own", async () => {
  const texts = Object.values(naughty).filter((text) => text.length <= 255);
  const composed = [`cr\u00e8me-${unique}`, `cre\u0300me-${unique}`];
  for (const external_id of [...texts, ...composed]) {
    const items = [{ external_id, name: "Named" }];
    const send = () => api.ask("POST", "/v1/products", { token: olga.token, body: { items } });
    const first = (await send()).body;
    if (first.failed) continue;
    deepStrictEqual([first.inserted, (await send()).body.unchanged], [1, 1], JSON.stringify(external_id));
  }
});

Deno.test("naughty texts: as a search, a filter, a list of words, a cursor", async () => {
  for (const [what, text] of Object.entries(naughty)) {
    const queries: [string, Record<string, string>][] = [
      ["/v1/search/products", { q: text }],
      ["/v1/products", { brand: text }],
      ["/v1/products", { "tags.any": text }],
      ["/v1/products", { "allergens.none": text }],
      ["/v1/products", { cursor: text }],
      ["/v1/products", { sort: text }],
      ["/v1/products", { updated_after: text }],
      ["/v1/taxonomy/tags", { q: text }],
      ["/v1/synonyms/values", { q: text }],
    ];
    for (const [path, query] of queries) {
      const { status } = await api.ask("GET", path, { token: olga.token, query });
      ok(status === 200 || status === 400, `${what} in ${JSON.stringify(Object.keys(query))}: ${status}`);
    }
  }
});

Deno.test("naughty texts: as a label and as synonyms", async () => {
  for (const [what, text] of Object.entries(naughty)) {
    const code = `naughty_${crypto.randomUUID().slice(0, 8)}`;
    const label = text.slice(0, 190);
    const term = await api.ask("POST", "/v1/taxonomy/tags", { token: olga.token, body: { code, label } });
    if (term.status === 201) strictEqual(term.body.label.trim(), label.trim(), what);
    else strictEqual(term.status, 400, what);
    const synonym = { domain: "allergen", canonical: "milk", synonyms: [`${label.slice(0, 150)} ${code}`] };
    const made = await api.ask("POST", "/v1/synonyms/values", { token: olga.token, body: synonym });
    ok([201, 400, 409].includes(made.status), `${what}: ${made.status}`);
  }
});
