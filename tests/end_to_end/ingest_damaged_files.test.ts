/** Whatever is wrong with a file ends in row errors or one clear job error; good rows arrive with their own values. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { gzipSync } from "node:zlib";
import { api, ingest } from "./ingest_client.ts";
import { createPerson } from "./people.ts";

const olga = await createPerson("olga", { role: "vendor_operator", vendor: "damaged" });

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(parts.flatMap((part) => typeof part === "string" ? [...utf8(part)] : [part]));
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((char, index) => view.setUint16(index * 2, char.charCodeAt(0), littleEndian));
  return new Uint8Array(view.buffer);
}

// deno-lint-ignore no-explicit-any
type Json = any;
type Case = {
  file: string | Uint8Array;
  /** The error of the job; without it the job is completed. */
  job?: string;
  /** row_no and code of the row errors. */
  errors?: [number, string][];
  /** Names by external_id. */
  names?: Record<string, string>;
};

const wide = (mark: string) => Array.from({ length: 700 }, (_, index) => `${mark}${index}`).join(",");
const longText = "Text without an end. ".repeat(250_000);

const cases: Record<string, Case> = {
  "ragged rows": {
    file: "sku,name,price\nr1,One,1\nr2\nr3,Three,3,4\nr4,Four,4,,\nr5,Five,5\n",
    errors: [[2, "ragged_row"], [3, "ragged_row"]],
    names: { r1: "One", r4: "Four", r5: "Five" },
  },
  "bad quoting": {
    file: 'sku,name\nq1,"One" and more\nq2,5" pipe\nq3, "Three" \nq4,"Four\nq5,"Five"\n',
    errors: [[1, "bad_quoting"], [4, "bad_quoting"]],
    names: { q2: '5" pipe', q3: "Three", q5: "Five" },
  },
  "an unclosed quote to the end": {
    file: 'sku,name\nu1,One\nu2,"Two\n' + Array.from({ length: 3000 }, (_, i) => `u${i + 3},Row ${i + 3}\n`).join(""),
    errors: [[2, "bad_quoting"]],
    names: { u1: "One", u3: "Row 3", u3002: "Row 3002" },
  },
  "invalid bytes": {
    file: bytes("sku,name\nb1,Crème\nb2,Caf", 0xff, "\nb3,Pâté\nb4,Gruy", 0xc3, "\nb5,Brûlée\n"),
    errors: [[2, "bad_encoding"], [4, "bad_encoding"]],
    names: { b1: "Crème", b3: "Pâté", b5: "Brûlée" },
  },
  "NUL bytes": {
    file: "sku,name\nn1,One\nn2,T\0wo\n\0\0\0\0\nn4,Four\n",
    errors: [[2, "nul_byte"], [3, "nul_byte"]],
    names: { n1: "One", n4: "Four" },
  },
  "no byte at all": { file: "", job: "empty_file" },
  "a byte order mark only": { file: "\ufeff", job: "empty_file" },
  "a header only": { file: "sku,name,price\r\n", job: "no_rows" },
  "blank lines only": { file: "\r\n  \r\n\t\r\n\n", job: "empty_file" },
  "blank lines around and between": {
    file: "\n\nsku,name\n\nk1,One\n   \n\nk2,Two\n\n",
    names: { k1: "One", k2: "Two" },
  },
  "lines of nothing but delimiters, as spreadsheets leave them": {
    file: "sku,name,price\n,,\nd1,One,1\n,,\n,\nd2,,2\n,,,,\n,,",
    errors: [[2, "required"]],
    names: { d1: "One" },
  },
  "a cell of 5 MB": {
    file: `sku,name,description\nm1,One,short\nm2,Two,"${longText}"\nm3,Three,short\n`,
    errors: [[2, "too_long"]],
    names: { m1: "One", m3: "Three" },
  },
  "a ZIP archive": { file: bytes("PK", 3, 4, 20, 0, 8, 8, "sku.csv"), job: "not_csv" },
  "a gzip archive": { file: new Uint8Array(gzipSync("sku,name\ng1,One\n")), job: "not_csv" },
  "an old Excel workbook": { file: bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, "\0\0\0\0"), job: "not_csv" },
  "a tar archive": {
    file: bytes("sku.csv", ...Array(250).fill(0), "ustar  ", ...Array(249).fill(0), "sku,name\n1,One\n"),
    job: "not_csv",
  },
  "a SQLite database": {
    file: bytes("SQLite format 3", 0, 16, 0, 1, 1, ...Array(4000).fill(0)),
    job: "not_csv",
  },
  "a PDF document": { file: "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", job: "not_csv" },
  "a JSON document": { file: '\ufeff[\n  {"sku": "1", "name": "One"}\n]\n', job: "not_csv" },
  "lines of JSON": { file: '{"sku": "1", "name": "One"}\n{"sku": "2", "name": "Two"}\n', job: "not_csv" },
  "a web page": { file: "<!DOCTYPE html><html><body>503</body></html>", job: "not_csv" },
  "cut short in a row": {
    file: "sku,name,price\nc1,One,1.00\nc2,Two,2.00\nc3,Thr",
    errors: [[3, "ragged_row"]],
    names: { c1: "One", c2: "Two" },
  },
  "cut short in quotes": {
    file: 'sku,name,price\nd1,"One, or so",1.00\nd2,"Two, or',
    errors: [[2, "bad_quoting"]],
    names: { d1: "One, or so" },
  },
  "cut short in a character": {
    file: bytes("sku,name\ne1,Crème\ne2,Caf", 0xc3),
    errors: [[2, "bad_encoding"]],
    names: { e1: "Crème" },
  },
  "UTF-16 without a mark": {
    file: utf16("sku;name\r\nl1;Crème brûlée\r\nl2;Œufs\r\n", true),
    names: { l1: "Crème brûlée", l2: "Œufs" },
  },
  "UTF-16, big end first, half a character at the end": {
    file: utf16("sku\tname\nv1\tCrème\nv2\tPâté\n", false).subarray(0, -1),
    names: { v1: "Crème", v2: "Pâté" },
  },
  "mixed line ends": {
    file: 'sku,name\r\nx1,One\nx2,Two\rx3,"Th\r\nree"\r\nx4,Four\n',
    names: { x1: "One", x2: "Two", x3: "Th ree", x4: "Four" },
  },
  "duplicate headers": {
    file: "sku,name,name,note,note\ny1,One,Uno,a,b\ny2,,Dos,a,b\n",
    names: { y1: "One", y2: "Dos" },
  },
  "no header row": {
    file: "4006381333931;Marker;2,50\n5449000000996;Cola;1,20\n3017620422003;Spread;3,99\n",
    names: { "4006381333931": "Marker", "3017620422003": "Spread" },
  },
  "titles above the header": {
    file: "Price list 2026;;;\n;;;\nsku;name;price;brand\nz1;One;1,00;A\nz2;Two;2,00;B\n",
    names: { z1: "One", z2: "Two" },
  },
  "700 columns": {
    file: `${wide("h")},sku,name\n${wide("v")},w1,One\n${wide("v")},w2\n${wide("v")},w3,Three\n`,
    errors: [[2, "ragged_row"]],
    names: { w1: "One", w3: "Three" },
  },
};

Deno.test("ingest: damaged and foreign files, one by one", async () => {
  const open = Object.entries(cases);
  const work = async () => {
    for (let next = open.shift(); next; next = open.shift()) await check(...next);
  };
  await Promise.all([work(), work(), work(), work()]);
});

async function check(what: string, { file, job: fault, errors = [], names = {} }: Case): Promise<void> {
  const job = await ingest(olga, file);
  deepStrictEqual([what, job.status, job.error?.code], [what, fault ? "failed" : "completed", fault]);
  if (fault) {
    ok(job.error.detail.length > 10 && job.error.remedy.length > 10, what);
    return;
  }
  const listed = await api.ask("GET", `/v1/jobs/${job.id}/errors`, { token: olga.token });
  deepStrictEqual([what, listed.body.data.map((row: Json) => [row.row_no, row.code])], [what, errors]);
  for (const [id, name] of Object.entries(names)) strictEqual(await nameOf(id), name, `${what}: ${id}`);
}

async function nameOf(externalId: string): Promise<string | undefined> {
  const { body } = await api.ask("POST", "/v1/ingest/preview", {
    token: olga.token,
    query: { mode: "products" },
    body: { text: `sku,price\n${externalId},1\n` },
  });
  return body.rows[0]?.stored.name;
}

Deno.test("ingest: a million bad rows end, the first are listed, all are counted, and the good ones arrive", async () => {
  const bad = 1_000_000;
  const job = await ingest(olga, `sku,name\nbad-0,First\n${"x\n".repeat(bad)}bad-1,Last\n`);
  deepStrictEqual([job.status, job.totals.rows_valid, job.totals.rows_failed], ["completed", 2, bad]);
  const lines = (await (await fetch(job.error_url)).text()).trimEnd().split("\n");
  strictEqual(lines.length, 1 + 50_000 + 1);
  ok(lines.at(-1)!.startsWith(',,errors_omitted,"950000 more errors'), lines.at(-1)!);
  strictEqual(await nameOf("bad-1"), "Last");
});

Deno.test("ingest: rows that the catalogue refuses are listed within the same bound", async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `nameless-${index},\n`).join("");
  const job = await ingest(olga, `sku,name\n${rows}`);
  deepStrictEqual([job.status, job.totals.rows_valid, job.totals.rows_failed], ["completed", 0, 60_000]);
  const lines = (await (await fetch(job.error_url)).text()).trimEnd().split("\n");
  deepStrictEqual([lines.length, lines.at(-1)!.slice(0, 29)], [50_002, ',,errors_omitted,"10000 more ']);
});
