/** A preview promises what a job then does, and leaves nothing behind. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { api, createJob, ingest, upload } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

const olga = await createPerson("olga", { role: "vendor_operator", vendor: "preview" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "preview" });
const bob = await createPerson("bob", { role: "vendor_operator", vendor: "preview-other" });

const preview = (body: Record<string, unknown>, person = olga, mode = "products") =>
  api.ask("POST", "/v1/ingest/preview", { token: person.token, query: { mode }, body });
const products = async () =>
  (await api.ask("GET", "/v1/products", { token: olga.token, query: { sort: "-updated_at" } })).body.data;

const file = "SKU;Produit;Prix;Allergènes;energy_100g;serving_size;category\n" +
  "p-1;Crème brûlée;3,50;en:milk,en:eggs;1000;40 g;Preview desserts\n" +
  "p-2;;1,00;;;;\n" +
  "p-3;Ragged\n" +
  "p-1;Crème;4,00;none;1000;40 g;Preview desserts\n";

Deno.test("preview: dialect, columns, rows as they are stored, errors; and nothing is written", async () => {
  strictEqual((await ingest(olga, "sku,name,price\np-1,Old name,1.00\n")).totals.inserted, 1);
  const before = await products();
  const { status, body } = await preview({ text: file });
  strictEqual(status, 200);
  deepStrictEqual([body.dialect.delimiter, body.dialect.encoding, body.error], [";", "utf-8", null]);
  const fields = body.columns.map((column: { targets: { field: string }[] }) => column.targets[0]?.field);
  deepStrictEqual(fields.slice(0, 4), ["external_id", "name", "price", "allergens"]);
  ok(body.columns[0].targets[0].confidence > 0.5 && body.columns[0].targets[0].reason.length > 3);
  deepStrictEqual(body.columns[1].sample, ["Crème brûlée", "Crème"]);
  // deno-lint-ignore no-explicit-any
  const rows = body.rows.map((row: any) => [row.row_no, row.outcome, row.stored.name, row.stored.price]);
  deepStrictEqual(rows, [[4, "updated", "Crème", "4.00"]]);
  deepStrictEqual(
    body.errors.map((error: { row_no: number; code: string }) => [error.row_no, error.code]),
    [[1, "superseded"], [2, "required"], [3, "ragged_row"]],
  );
  deepStrictEqual(await products(), before);
  const terms = await api.ask("GET", "/v1/taxonomy/categories", {
    token: olga.token,
    query: { q: "Preview desserts" },
  });
  ok(!JSON.stringify(terms.body).includes("Preview desserts"), "nor is a category made");

  const job = await ingest(olga, file);
  deepStrictEqual([job.totals.updated, job.totals.rows_failed], [1, 3]);
  const [stored] = await products();
  const { updated_at: _, created_at: __, category_id: ___, ...promised } = body.rows[0].stored;
  const { updated_at: ____, created_at: _____, category_id: ______, ...kept } = stored;
  deepStrictEqual(kept, promised);
});

Deno.test("preview: bytes in any encoding, a mapping on trial, a job's own upload, a head that is cut", async () => {
  const latin = Uint8Array.from("code;libellé\n7;Pâté\n8;Gruy", (letter) => letter.charCodeAt(0));
  const mapping = { "libellé": { field: "name", ops: ["upper"] } };
  const { body } = await preview({ base64: btoa(String.fromCharCode(...latin)), whole: false, mapping });
  strictEqual(body.dialect.encoding, "windows-1252");
  deepStrictEqual(body.rows.map((row: { stored: { name: string } }) => row.stored.name), ["PÂTÉ"]);

  const job = await createJob(olga);
  strictEqual((await preview({ job_id: job.job_id })).status, 409);
  strictEqual((await preview({ job_id: job.job_id }, bob)).status, 404);
  await upload(job, new TextEncoder().encode("sku,name\nq-1,From the upload\n"));
  strictEqual((await preview({ job_id: job.job_id })).body.rows[0].stored.name, "From the upload");
});

Deno.test("preview: says with what a job would fail; refuses what is no preview", async () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ text: "" }, "empty_file"],
    [{ base64: btoa("PK\x03\x04....") }, "not_csv"],
    [{ text: "sku,name\n" }, "no_rows"],
    [{ text: "colour,weight\nred,3\n" }, "no_identity_column"],
  ];
  for (const [body, code] of cases) {
    const answer = await preview(body);
    deepStrictEqual([answer.status, answer.body.error?.code, answer.body.rows], [200, code, []]);
  }
  strictEqual((await preview({})).status, 400);
  strictEqual((await preview({ text: "a", base64: "YQ==" })).status, 400);
  const wrong = await preview({ text: "a,b\n1,2\n", mapping: { a: { field: "nonsense" } } });
  strictEqual(wrong.status, 400);
  match(wrong.text, /\/mapping\/a\/field/);
  strictEqual((await preview({ text: file }, vic)).status, 403);
});

Deno.test("preview: columns without names are recognised by their cells where these leave no doubt", async () => {
  const { body } = await preview({
    text: "5449000000996,Cola 33 cl,1.20\n4006381333931,Marker set,2.50\n3017620422003,Hazelnut spread,3.99\n",
  });
  strictEqual(body.dialect.header, false);
  const targets = body.columns.map((column: { targets: { field: string }[] }) =>
    column.targets.map(({ field }) => field)
  );
  deepStrictEqual(targets, [["barcode", "external_id"], ["name"], []]);
  strictEqual(body.rows[2].stored.name, "Hazelnut spread");
});

Deno.test("preview: barcodes are recognised under a header that says nothing, unless another column is theirs", async () => {
  const rows = "A1,Cola,5449000000996\nA2,Marker,4006381333931\nA3,Water,\nA4,Spread,3017620422003\n";
  const { body } = await preview({ text: `sku,name,scan\n${rows}` });
  deepStrictEqual(body.columns[2].targets.map(({ field }: { field: string }) => field), ["barcode"]);
  strictEqual(body.rows[0].stored.barcode, "5449000000996");
  const { body: other } = await preview({ text: `sku,upc,scan\n${rows}` });
  deepStrictEqual(other.columns[2].targets, []);
});

Deno.test("preview: customers need a key and an address, which may stand under any header", async () => {
  const rows = ["ann@example.com,Ann", "bob@example.com,Bob", "zoe@example.com,Zoe"];
  const text = `N° client,E-mail 1 - Value,Name\n${rows.map((row, n) => `${n},${row}\n`).join("")}`;
  const { body } = await preview({ text }, olga, "customers");
  deepStrictEqual(
    body.columns.map((column: { targets: { field: string }[] }) => column.targets.map(({ field }) => field)),
    [["external_id"], ["email"], ["full_name"]],
  );
  const { body: nameless } = await preview({ text: `email,name\n${rows.join("\n")}\n` }, olga, "customers");
  strictEqual(nameless.error.code, "no_identity_column");
  match(nameless.error.remedy, /customer_id/);
});
