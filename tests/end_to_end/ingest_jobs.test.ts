import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { api, createJob, followJob, ingest, upload } from "./ingest_client.ts";
import { connect, createPerson, stack } from "./people.ts";

const olga = await createPerson("olga", { role: "vendor_operator", vendor: "ingest-jobs" });
const vic = await createPerson("vic", { role: "vendor_viewer", vendor: "ingest-jobs" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "ingest-other" });

Deno.test("ingest: the answer is a target for a stock TUS client, and the job starts by itself", async () => {
  const answer = await api.ask("POST", "/v1/ingest/csv", { token: olga.token, query: { mode: "products" } });
  strictEqual(answer.status, 201);
  const { job_id, super_id, upload: target } = answer.body;
  strictEqual(answer.headers.get("x-super-id"), super_id);
  strictEqual(target.url, `${stack.url}/storage/v1/upload/resumable/sign`);
  strictEqual(target.chunk_size, 6291456);
  deepStrictEqual(target.metadata, {
    bucketName: "ingest",
    objectName: `${olga.vendorId}/${job_id}/upload`,
    contentType: "text/csv",
  });
  ok(Date.parse(target.expires_at) > Date.now() + 3_600_000);

  const rows = Array.from({ length: 300 }, (_, i) => `sku-${i},Product ${i},${i}.50\n`).join("");
  let progress = 0;
  await upload(answer.body, new TextEncoder().encode("sku,name,price\n" + rows));
  const job = await followJob(olga, job_id, (state) => {
    ok(state.progress_pct >= progress, "progress never goes back");
    progress = state.progress_pct;
  });
  strictEqual(job.status, "completed");
  strictEqual(job.progress_pct, 100);
  strictEqual(job.super_id, super_id);
  strictEqual(job.error_url, null);
  const { bytes, bytes_read, ...counts } = job.totals;
  strictEqual(bytes, bytes_read);
  deepStrictEqual(counts, { rows_read: 300, rows_valid: 300, rows_failed: 0, inserted: 300, updated: 0, unchanged: 0 });
  const found = await api.ask("GET", "/v1/search/products", { token: vic.token, query: { q: "product 123" } });
  strictEqual(found.body.data[0].price, "123.50");
});

Deno.test("ingest: the same file again changes nothing; a changed row is updated", async () => {
  const file = (name: string) => `sku,name\nagain-1,${name}\nagain-2,Two\n`;
  strictEqual((await ingest(olga, file("One"))).totals.inserted, 2);
  const version = (await api.ask("GET", "/v1/me", { token: olga.token })).body;
  strictEqual((await ingest(olga, file("One"))).totals.unchanged, 2);
  deepStrictEqual((await api.ask("GET", "/v1/me", { token: olga.token })).body, version);
  const { updated, unchanged } = (await ingest(olga, file("Uno"))).totals;
  deepStrictEqual({ updated, unchanged }, { updated: 1, unchanged: 1 });
});

Deno.test("ingest: of the products that want one barcode the first row's gets it, whichever lane is faster", async () => {
  const half = 3000;
  // Both halves are merged at the same time unless one waits; each begins with the same barcodes.
  const rows = Array.from({ length: 2 * half }, (_, i) => {
    const place = i % half;
    const barcode = place < 200 ? ean13(`40063813${String(place).padStart(4, "0")}`) : "";
    return `${i < half ? "first" : "second"}-${place},${barcode},Wanted ${i}\n`;
  });
  const job = await ingest(olga, "sku,ean,name\n" + rows.join(""));
  deepStrictEqual([job.status, job.totals.inserted, job.totals.rows_failed], ["completed", 2 * half, 0]);
  const sql = connect();
  try {
    const owners = await sql`select split_part(external_id, '-', 1) as half, count(*)::int from public.products
      where vendor_id = ${olga.vendorId} and barcode like '40063813%' group by 1`;
    deepStrictEqual([...owners], [{ half: "first", count: 200 }]);
  } finally {
    await sql.end();
  }
});

/** Twelve digits with the check digit of GS1's General Specifications (weights 1 and 3 from the left). */
function ean13(digits: string): string {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 3 : 1), 0);
  return digits + (10 - sum % 10) % 10;
}

Deno.test("ingest: bad rows are listed and downloadable, good ones applied", async () => {
  const job = await ingest(olga, 'sku,name\nbad-1,Good\nbad-2\nbad-3,"=cmd()|x"\nbad-4,\nbad-1,Later\n');
  deepStrictEqual([job.status, job.totals.rows_read, job.totals.rows_valid, job.totals.rows_failed], [
    "completed",
    5,
    2,
    3,
  ]);
  const { body } = await api.ask("GET", `/v1/jobs/${job.id}/errors`, { token: vic.token, query: { limit: 2 } });
  const rest = await api.ask("GET", `/v1/jobs/${job.id}/errors`, {
    token: vic.token,
    query: { cursor: body.next_cursor },
  });
  // deno-lint-ignore no-explicit-any
  const rows = [...body.data, ...rest.body.data].map((error: any) => [error.row_no, error.code]);
  deepStrictEqual(rows, [[1, "superseded"], [2, "ragged_row"], [4, "required"]]);
  const csv = await (await fetch(job.error_url)).text();
  strictEqual(csv.split("\n")[0], "row_no,field,code,message,raw");
  strictEqual(csv.trim().split("\n").length, 4);
});

Deno.test("ingest: files that are no tables end in one clear error", async () => {
  const cases: [string | Uint8Array, string][] = [
    ["", "empty_file"],
    ["\n\n", "empty_file"],
    ["sku,name\n", "no_rows"],
    ["colour,weight\nred,3\n", "no_identity_column"],
    [Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0), "not_csv"],
    ['[{"sku": "1"}]', "not_csv"],
  ];
  for (const [content, code] of cases) {
    const job = await ingest(olga, content);
    deepStrictEqual([job.status, job.error?.code], ["failed", code]);
    ok(job.error.remedy.length > 10);
  }
});

Deno.test("ingest: encodings, delimiters and line ends are understood", async () => {
  const text = "sku;name;price\r\nenc;Crème brûlée;1,50\r\n";
  const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer)]);
  const latin = Uint8Array.from(text, (c) => c.charCodeAt(0));
  for (
    const content of [text, "\ufeff" + text, utf16, latin, text.replaceAll("\r\n", "\r"), text.replaceAll(";", "\t")]
  ) {
    const job = await ingest(olga, content);
    strictEqual(job.totals.rows_valid, 1);
    const { body } = await api.ask("GET", "/v1/products", { token: olga.token, query: { q: "brulee" } });
    strictEqual(body.data[0].name, "Crème brûlée");
    strictEqual(body.data[0].price, "1.50");
  }
});

Deno.test("ingest: a mapping of the vendor's own is saved and used", async () => {
  const map = { "Our no.": { field: "external_id" }, Wording: { field: "name", ops: ["upper"] } };
  const saved = await api.ask("PUT", "/v1/ingest/mappings/products", { token: bob.token, body: { map } });
  deepStrictEqual([saved.status, saved.body.version], [200, 1]);
  const job = await ingest(bob, "Our no.,Wording\n7,rice\n");
  strictEqual(job.status, "completed");
  const { body } = await api.ask("GET", "/v1/products", { token: bob.token });
  strictEqual(body.data[0].name, "RICE");
  const wrong = { map: { a: { field: "nonsense" } } };
  const refused = await api.ask("PUT", "/v1/ingest/mappings/products", { token: bob.token, body: wrong });
  strictEqual(refused.status, 400);
  match(refused.text, /nonsense|\/map\/a\/field/);
});

Deno.test("ingest: roles, other vendors, unknown modes and cancellation", async () => {
  const job = await createJob(olga);
  const ask = (method: string, path: string, token: string, query = {}) => api.ask(method, path, { token, query });
  strictEqual((await ask("POST", "/v1/ingest/csv", vic.token, { mode: "products" })).status, 403);
  strictEqual((await ask("POST", "/v1/ingest/csv", olga.token, { mode: "shoes" })).status, 400);
  strictEqual((await ask("POST", "/v1/ingest/csv", olga.token)).status, 400);
  for (const path of ["", "/errors"]) {
    strictEqual((await ask("GET", `/v1/jobs/${job.job_id}${path}`, bob.token)).status, 404);
  }
  strictEqual((await ask("POST", `/v1/jobs/${job.job_id}/cancel`, bob.token)).status, 404);
  strictEqual((await ask("POST", `/v1/jobs/${job.job_id}/cancel`, vic.token)).status, 403);
  strictEqual((await ask("POST", `/v1/jobs/${job.job_id}/cancel`, olga.token)).body.status, "canceled");
  await upload(job, new TextEncoder().encode("sku,name\ncanceled,X\n"));
  strictEqual((await followJob(olga, job.job_id)).status, "canceled");
  const { body } = await ask("GET", "/v1/jobs", olga.token, { status: "canceled" });
  strictEqual(body.data[0].id, job.job_id);
});

Deno.test("worker: only the secret key lets it run", async () => {
  const url = `${stack.functionsUrl}/worker`;
  for (
    const headers of [{}, { apikey: "sb_secret_wrong" }, { Authorization: `Bearer ${olga.token}` }] as HeadersInit[]
  ) {
    const response = await fetch(url, { method: "POST", headers });
    await response.body?.cancel();
    strictEqual(response.status, 401);
  }
  const health = await fetch(`${url}/health`);
  strictEqual((await health.json()).status, "healthy");
});
