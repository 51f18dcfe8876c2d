import { deepStrictEqual, ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { recordShape } from "../../functions/_shared/ingest/record_shape.ts";
import { scanRegularRecords } from "../../functions/_shared/ingest/scan_regular_records.ts";
import { splitRecords } from "../../functions/_shared/ingest/split_records.ts";
import type { Newline } from "../../functions/_shared/ingest/dialect.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const comma = (columns: number | null) => recordShape({ delimiter: ",", quote: '"', newline: "\n" }, columns);
const split = (text: string, columns: number | null) => splitRecords(utf8(text), comma(columns), true).records;

const dialect = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|", "^"),
  quote: fc.constantFrom('"', "~", "'"),
  newline: fc.constantFrom<Newline>("\n", "\r\n", "\r"),
});
/** Values full of what makes CSV hard, and neither blank nor holding a NUL. */
const cell = fc.stringMatching(/^[a-zé€ ,;\t|^"'~\n\r\\.0-9]{0,8}$/);
/** A row without any value is none. */
const row = (columns: number) =>
  fc.array(cell, { minLength: columns, maxLength: columns }).filter((values) => values.some((value) => value !== ""));
const tableOf = (columns: number) => fc.array(row(columns), { minLength: 1, maxLength: 12 });
const table = fc.integer({ min: 2, max: 5 }).chain(tableOf);

function serialise(
  rows: string[][],
  { delimiter, quote, newline }: { delimiter: string; quote: string; newline: string },
) {
  const special = [delimiter, quote, "\n", "\r", " "];
  const write = (value: string) =>
    special.some((mark) => value.includes(mark)) ? quote + value.replaceAll(quote, quote + quote) + quote : value;
  return rows.map((row) => row.map(write).join(delimiter) + newline).join("");
}

Deno.test("splitRecords() reads back any table written in any dialect", () => {
  fc.assert(
    fc.property(table, dialect, (rows, written) => {
      const shape = recordShape(written, rows[0]!.length);
      const records = splitRecords(utf8(serialise(rows, written)), shape, true).records;
      deepStrictEqual(records.map((record) => record.fault), rows.map(() => null));
      deepStrictEqual(records.map((record) => record.values), rows);
    }),
    { numRuns: 500 },
  );
});

Deno.test("scanRegularRecords() takes whole records only, wherever the bytes are cut, and all of them in the end", () => {
  fc.assert(
    fc.property(table, dialect, fc.nat(), (rows, written, cut) => {
      const shape = recordShape(written, rows[0]!.length);
      const bytes = utf8(serialise(rows, written));
      const ends = [0, ...splitRecords(bytes, shape, true).records.map((record) => record.end)];
      const part = scanRegularRecords(bytes.subarray(0, cut % (bytes.length + 1)), shape, false);
      strictEqual(part.irregular, false);
      strictEqual(ends[part.records], part.end);
      ok(cut % (bytes.length + 1) < (ends[part.records + 1] ?? Infinity) + 1);
      deepStrictEqual(scanRegularRecords(bytes, shape, true), {
        end: bytes.length,
        records: rows.length,
        irregular: false,
      });
    }),
    { numRuns: 500 },
  );
});

Deno.test("splitRecords() stops before a record that is not whole, wherever the bytes are cut", () => {
  fc.assert(
    fc.property(table, dialect, fc.nat(), (rows, written, cut) => {
      const shape = recordShape(written, rows[0]!.length);
      const bytes = utf8(serialise(rows, written));
      const at = cut % (bytes.length + 1);
      const first = splitRecords(bytes.subarray(0, at), shape, false).records;
      const consumed = first.at(-1)?.end ?? 0;
      const rest = splitRecords(bytes.subarray(consumed), shape, true).records;
      deepStrictEqual([...first, ...rest].map((record) => record.values), rows);
    }),
    { numRuns: 500 },
  );
});

Deno.test("lines of nothing but delimiters are no records, wherever they stand and however many delimiters they have", () => {
  const places = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, dialect, places, (rows, written, empty) => {
      const shape = recordShape(written, rows[0]!.length);
      const lines = rows.map((values) => serialise([values], written));
      for (const [at, count] of empty) {
        lines.splice(at % (lines.length + 1), 0, written.delimiter.repeat(count) + written.newline);
      }
      const bytes = utf8(lines.join(""));
      deepStrictEqual(splitRecords(bytes, shape, true).records.map((record) => record.values), rows);
      const run = scanRegularRecords(bytes, shape, true);
      ok(run.irregular, "COPY would store them");
      const before = lines.findIndex((line) =>
        line === written.delimiter.repeat(line.length - written.newline.length) + written.newline
      );
      strictEqual(run.records, before);
    }),
    { numRuns: 300 },
  );
});

Deno.test("scanRegularRecords() stops before what COPY would misread", () => {
  const cases = ["1,2,3\n", '1,5" pipe\n', '1,"a" b\n', "1\n", "\n", "1,2\r\n", "1,\0\n", '1,"open\n2,3\n'];
  for (const bad of cases) {
    const run = scanRegularRecords(utf8("a,b\n" + bad), comma(2), true);
    deepStrictEqual(run, { end: 4, records: 1, irregular: true }, JSON.stringify(bad));
  }
  deepStrictEqual(scanRegularRecords(utf8("a\n\\.\nb\n"), comma(1), true), { end: 2, records: 1, irregular: true });
});

Deno.test("splitRecords() forgives what can only mean one thing", () => {
  deepStrictEqual(split('1,5" pipe\n', 2)[0]?.values, ["1", '5" pipe']);
  deepStrictEqual(split('1, "a, b" \n', 2)[0]?.values, ["1", "a, b"]);
  deepStrictEqual(split('1,"a "quoted" word"\n', 2)[0]?.values, ["1", 'a "quoted" word']);
  deepStrictEqual(split("1,a,,\n", 2)[0]?.values, ["1", "a"]);
  deepStrictEqual(split("1,a\r\n\r\n2,b\n", 2).map((record) => record.values), [["1", "a"], ["2", "b"]]);
});

Deno.test("splitRecords() keeps the damage of an unclosed quote to its own line", () => {
  const records = split('1,"unclosed,x\n2,good\n3,"also good"\n4,"cut short', 2);
  deepStrictEqual(records.map((record) => record.fault?.code ?? null), ["bad_quoting", null, null, "bad_quoting"]);
  deepStrictEqual(records[2]?.values, ["3", "also good"]);
});

Deno.test("splitRecords() looks at each line once where every line opens a quote and none closes it", () => {
  const bad = 300_000;
  const records = split('1,"open\n'.repeat(bad) + '2,"closed"\n', 2);
  strictEqual(records.filter((record) => record.fault?.code === "bad_quoting").length, bad);
  deepStrictEqual(records.at(-1)?.values, ["2", "closed"]);
});

Deno.test("splitRecords() reports ragged rows, bad bytes and NULs, and goes on", () => {
  const bytes = utf8("1,a\n2\n3,b,c\n4,\u00e9\n5,\0\n6,f\n");
  bytes[bytes.indexOf(0xc3)] = 0xff;
  const records = splitRecords(bytes, comma(2), true).records;
  deepStrictEqual(records.map((record) => record.fault?.code ?? null), [
    null,
    "ragged_row",
    "ragged_row",
    "bad_encoding",
    "nul_byte",
    null,
  ]);
});
