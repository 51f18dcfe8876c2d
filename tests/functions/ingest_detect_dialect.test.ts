import { deepStrictEqual, strictEqual } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { detectDialect } from "../../functions/_shared/ingest/detect_dialect.ts";
import { detectEncoding } from "../../functions/_shared/ingest/detect_encoding.ts";
import { recogniseContainer } from "../../functions/_shared/ingest/containers.ts";
import { columnNames, looksLikeHeader } from "../../functions/_shared/ingest/header_row.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const detect = (bytes: Uint8Array) => detectDialect([bytes], { whole: true });

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const bytes = new Uint8Array((text.length + (mark ? 1 : 0)) * 2);
  const view = new DataView(bytes.buffer);
  [...(mark ? [0xfeff] : []), ...Array.from(text, (_, index) => text.charCodeAt(index))]
    .forEach((unit, index) => view.setUint16(index * 2, unit, littleEndian));
  return bytes;
}

const table = "code,name,price\n1,Crème brûlée,3.50\n2,Pâté,4.00\n";

Deno.test("detectEncoding() reads byte order marks and UTF-16 without one", () => {
  deepStrictEqual(detectEncoding([utf8("\ufeff" + table)]), { encoding: "utf-8", bom_bytes: 3 });
  deepStrictEqual(detectEncoding([utf16(table, true, true)]), { encoding: "utf-16le", bom_bytes: 2 });
  deepStrictEqual(detectEncoding([utf16(table, false, true)]), { encoding: "utf-16be", bom_bytes: 2 });
  deepStrictEqual(detectEncoding([utf16(table, true, false)]), { encoding: "utf-16le", bom_bytes: 0 });
});

Deno.test("detectEncoding() tells Windows-1252 from Mac Roman by the letters that come out", () => {
  const windows = Uint8Array.from(table, (letter) => letter.charCodeAt(0));
  strictEqual(detectEncoding([windows]).encoding, "windows-1252");
  // "€uro “quoted” été", of which Mac Roman would make "Äuro ìquotedî ÈtÈ".
  const quoted = "sku;name\n1;\x80uro \x93quoted\x94 \xe9t\xe9\n";
  strictEqual(detectEncoding([Uint8Array.from(quoted, (byte) => byte.charCodeAt(0))]).encoding, "windows-1252");
  const roman: Record<string, number> = { "è": 0x8f, "û": 0x9e, "é": 0x8e, "â": 0x89 };
  strictEqual(
    detectEncoding([Uint8Array.from(table, (letter) => roman[letter] ?? letter.charCodeAt(0))]).encoding,
    "macintosh",
  );
});

Deno.test("detectEncoding() keeps UTF-8 where a sample cuts a character or a few bytes are damaged", () => {
  const bytes = utf8("é".repeat(50));
  strictEqual(detectEncoding([utf8("code"), bytes.subarray(1, 80)]).encoding, "utf-8");
  const damaged = utf8("é".repeat(50) + "x");
  damaged[100] = 0xff;
  strictEqual(detectEncoding([damaged]).encoding, "utf-8");
});

Deno.test("detectDialect() finds delimiter, quote, line end and header", () => {
  const cases: [string, Record<string, unknown>][] = [
    [table, { delimiter: ",", quote: '"', newline: "\n", header: true }],
    ["code;name\r\n1;a,b\r\n2;c,d\r\n", { delimiter: ";", newline: "\r\n" }],
    ["code\tname\r1\ta\r2\tb\r", { delimiter: "\t", newline: "\r" }],
    ["code|name\n1|a\n2|b\n", { delimiter: "|" }],
    ["~01001~^~BUTTER~^717\n~01002~^~CHEESE~^371\n", { delimiter: "^", quote: "~", header: false }],
    ["'id','name'\n'1','a, b'\n'2','c'\n", { delimiter: ",", quote: "'" }],
    ['id;name\n1;"x;y\nz"\n2;"a, b, c"\n', { delimiter: ";", quote: '"', newline: "\n" }],
    ["code\n1\n2\n", { delimiter: ",", header: true }],
    ["sku;name\n" + "only\n".repeat(50), { delimiter: ";", header: true }],
  ];
  for (const [text, expected] of cases) {
    const { dialect } = detect(utf8(text));
    for (const [key, value] of Object.entries(expected)) strictEqual(dialect[key as keyof typeof dialect], value, text);
  }
});

Deno.test("detectDialect() obeys what the caller fixes", () => {
  const { dialect, records } = detectDialect([utf8("a;b,c\n1;2,3\n")], {
    whole: true,
    override: { delimiter: ",", header: false },
  });
  strictEqual(dialect.delimiter, ",");
  strictEqual(dialect.header, false);
  deepStrictEqual(records, [["a;b", "c"], ["1;2", "3"]]);
});

Deno.test("recogniseContainer() names archives, workbooks and documents and lets tables pass", () => {
  strictEqual(
    recogniseContainer(Uint8Array.of(0x50, 0x4b, 3, 4, 0))?.name,
    "a ZIP archive or an Excel workbook (.xlsx)",
  );
  strictEqual(recogniseContainer(Uint8Array.of(0x1f, 0x8b, 8))?.name, "a gzip archive");
  strictEqual(recogniseContainer(utf8('[{"a":1}]'))?.name, "a JSON document");
  strictEqual(recogniseContainer(utf8(table)), null);
});

Deno.test("columnNames() makes every name unique; looksLikeHeader() refuses a row of values", () => {
  deepStrictEqual(columnNames(["a", "", "a", " b "], true), ["a", "column_2", "a (2)", "b"]);
  strictEqual(looksLikeHeader([["01001", "BUTTER"]]), false);
  strictEqual(looksLikeHeader([["Vit_D_µg", "Fat (g)", "100g"]]), false);
  strictEqual(looksLikeHeader([["Vit_D_µg", "Fat (g)"]]), true);
});

const samples = new URL("../../../shared/data/", import.meta.url).pathname;

Deno.test({
  name: "detectDialect() reads every real file",
  ignore: !existsSync(samples),
  fn: () => {
    const expected: Record<string, [string, number, number]> = {
      "branded_food.csv": [",", 20, 0],
      "off_2019_france_crlf.tsv": ["\t", 10, 0],
      "off_2020_excel_damaged.csv": [",", 166, 3],
      "off_products_112k.csv": [",", 14, 0],
      "off_search_2020_us.tsv": ["\t", 171, 0],
      "off_search_2021_lecithin.csv": [",", 174, 0],
      "off_server_import_test.csv": [",", 62, 0],
      "sr28_abbrev.csv": [",", 53, 0],
    };
    for (const file of readdirSync(samples).filter((name) => name in expected)) {
      const bytes = readFileSync(samples + file);
      const { dialect, records } = detectDialect([bytes.subarray(0, 262_144)], { whole: bytes.length <= 262_144 });
      const [delimiter, columns, mark] = expected[file]!;
      deepStrictEqual([dialect.delimiter, records[0]?.length, dialect.bom_bytes, dialect.header, dialect.encoding], [
        delimiter,
        columns,
        mark,
        true,
        "utf-8",
      ], file);
    }
  },
});
