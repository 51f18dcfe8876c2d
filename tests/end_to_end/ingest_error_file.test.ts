/** errors.csv can be corrected and sent again: every row arrives, exactly as it is written, and none replaces another. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { recordShape } from "../../functions/_shared/ingest/record_shape.ts";
import { splitRecords } from "../../functions/_shared/ingest/split_records.ts";
import { api, ingest } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const olga = await createPerson("olga", { role: "vendor_operator", vendor: "errors-file" });
const bob = await createPerson("bob", { role: "vendor_operator", vendor: "errors-other" });

const columns = ["row_no", "field", "code", "message", "raw"] as const;
type ErrorRow = Record<typeof columns[number], string>;

async function errorRows(job: Json): Promise<ErrorRow[]> {
  const bytes = new Uint8Array(await (await fetch(job.error_url)).arrayBuffer());
  const shape = recordShape({ delimiter: ",", quote: '"', newline: "\n" }, columns.length);
  const [header, ...rows] = splitRecords(bytes, shape, true).records.map((record) => record.values);
  deepStrictEqual(header, columns);
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))) as ErrorRow[];
}

function asFile(rows: readonly ErrorRow[]): string {
  const lines = rows.map((row) => columns.map((name) => `"${row[name].replaceAll('"', '""')}"`).join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

/** The rows with what `correct` makes of the JSON in raw. */
function corrected(rows: readonly ErrorRow[], correct: (raw: Json, row: ErrorRow) => void): string {
  return asFile(rows.map((row) => {
    if (row.raw === "") return row;
    const raw = JSON.parse(row.raw);
    correct(raw, row);
    return { ...row, raw: JSON.stringify(raw) };
  }));
}

async function product(externalId: string, person = olga): Promise<Json> {
  const { body } = await api.ask("GET", "/v1/products", { token: person.token, query: { limit: 200 } });
  return body.data.find((row: Json) => row.external_id === externalId);
}

const counts = ({ totals }: Json) => [totals.rows_read, totals.rows_valid, totals.rows_failed];

Deno.test("errors.csv: corrected and sent again, all rows arrive, in the dialect and under the mapping of their file", async () => {
  const job = await ingest(
    olga,
    "Our no;Wording;VK;Note\n" +
      "e-1;Good;1,00;a\n" +
      "e-2;;2,50;b\n" +
      "e-3;Ragged;3,50\n" +
      'e-4;"open;4,50;d\n' +
      "e-5;Twice;5,00;e\n" +
      "e-5;Last;6,00;f\n",
    { mapping: { "Our no": { field: "external_id" }, Wording: { field: "name" }, VK: { field: "price" } } },
  );
  deepStrictEqual(counts(job), [6, 2, 4]);
  const rows = await errorRows(job);
  deepStrictEqual(rows.map((row) => row.code), ["required", "ragged_row", "bad_quoting", "superseded"]);

  const again = await ingest(olga, asFile(rows));
  deepStrictEqual([again.status, ...counts(again)], ["completed", 4, 0, 4], "unchanged, the rows fail again");
  strictEqual((await product("e-5")).name, "Last", "nor does the superseded row come back");

  const fixed = corrected(await errorRows(again), (raw) => {
    if (raw["Our no"] === "e-2") raw.Wording = "=Named";
    if (raw.line?.startsWith("e-3")) raw.line += ";c";
    if (raw.line?.startsWith("e-4")) raw.line = 'e-4;"closed; now";4,50;d';
    if (raw.line?.includes("e-5")) raw.line = "e-6;Twice;5,00;e";
  });
  const last = await ingest(olga, fixed);
  deepStrictEqual([last.status, last.error, ...counts(last)], ["completed", null, 4, 4, 0]);
  const stored = await Promise.all(["e-2", "e-3", "e-4", "e-5", "e-6"].map((id) => product(id)));
  deepStrictEqual(stored.map((row) => [row?.name, row?.price]), [
    ["=Named", "2.50"],
    ["Ragged", "3.50"],
    ["closed; now", "4.50"],
    ["Last", "6.00"],
    ["Twice", "5.00"],
  ]);
});

Deno.test("errors.csv: no value runs as a formula, and every text comes back exactly", async () => {
  const marks = ["=", "+", "-", "@", "\t=", "\r", ";=", '"=', "'=", "-1+cmd", "-3.50", "+33 1", "|@", "\\=", "\\", '"'];
  const texts = [
    ...marks.map((mark) => `${mark}x${mark}`),
    ...fc.sample(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), 150),
    ...fc.sample(fc.tuple(fc.constantFrom(...marks), fc.string({ unit: "binary-ascii" })).map((p) => p.join("")), 150),
  ].map((text) => text.replaceAll("\0", "0").toWellFormed());
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const file = "sku,name,our text\n" + texts.map((text, i) => `t-${i},,${quoted(text)}`).join("\n") + "\n";
  const mapping = { "our text": { field: "description", ops: [] } };
  const job = await ingest(olga, file, { mapping });
  strictEqual(job.totals.rows_failed, texts.length);
  const rows = await errorRows(job);
  for (const row of rows) {
    for (const cell of Object.values(row)) match(cell, /^(?![=+\-@\t\r])/);
    ok(!/(?:^|["\t;|])\s*[=@]/.test(row.raw), row.raw);
  }
  const cells = rows.map((row) => JSON.parse(row.raw)["our text"]);
  deepStrictEqual(cells, texts, "raw holds every text as it was");

  const fixed = await ingest(olga, corrected(rows, (raw) => raw.name = `Named ${raw.sku}`), { mapping });
  deepStrictEqual(counts(fixed), [texts.length, texts.length, 0]);
  const named = file.split(/\nt-100,/)[0]!.replace(/^t-(\d+),,/gm, "t-$1,Named t-$1,");
  const asked = { token: olga.token, query: { mode: "products" }, body: { text: `${named}\n`, mapping, rows: 100 } };
  const { rows: seen } = (await api.ask("POST", "/v1/ingest/preview", asked)).body;
  deepStrictEqual(
    seen.map((row: Json) => row.outcome),
    Array(100).fill("unchanged"),
    "the file's own cells are stored",
  );
});

Deno.test("errors.csv: what is no row is said so; another vendor's job is no source", async () => {
  const job = await ingest(olga, "sku,name,price\nx-1,,1\nx-2,,2\nx-3,,3\n");
  const rows = await errorRows(job);
  const [one, two, three] = rows as [ErrorRow, ErrorRow, ErrorRow];
  const mixed = await ingest(
    olga,
    asFile([
      { ...one, raw: "not json" },
      { ...two, raw: JSON.stringify({ ...JSON.parse(two.raw), name: "Two", colour: "red" }) },
      { ...three, raw: JSON.stringify({ ...JSON.parse(three.raw), name: "Three", price: 3.25 }) },
    ]),
  );
  deepStrictEqual(counts(mixed), [3, 1, 2]);
  deepStrictEqual((await errorRows(mixed)).map((row) => row.code), ["invalid_raw", "invalid_raw"]);
  strictEqual((await product("x-3")).price, "3.25");

  const foreign = await ingest(bob, asFile(rows));
  deepStrictEqual([foreign.status, foreign.error.code], ["failed", "unknown_source"]);
  const asked = { token: olga.token, query: { mode: "products" }, body: { text: asFile(rows) } };
  strictEqual((await api.ask("POST", "/v1/ingest/preview", asked)).body.error.code, "errors_file");
});
