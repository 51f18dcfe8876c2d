/** Property tests of app.parse_gtin against a check digit computed here, in another way. */
import { deepStrictEqual, strictEqual } from "node:assert";
import * as fc from "fast-check";
import postgres from "postgres";

type Gtin = { barcode: string | null; gtin14: string | null; gtin_type: string | null; fault: string | null };

/** The digits with their check digit behind. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1),
    0,
  );
  return digits + String((10 - sum % 10) % 10);
}

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(""))
    .filter((text) => /[1-9]/.test(text));
const gtin = fc.constantFrom(8, 12, 13, 14).chain((length) => digits(length - 1)).map(withCheckDigit);

async function parse(raws: string[]): Promise<Gtin[]> {
  const sql = postgres(Deno.env.get("SUPABASE_DB_URL") ?? "", { max: 1 });
  try {
    return await sql<Gtin[]>`
      select g.* from unnest(${raws}::text[]) with ordinality as r (raw, place), app.parse_gtin(r.raw) as g order by place`;
  } finally {
    await sql.end();
  }
}

Deno.test("parse_gtin takes every GTIN as it is and pads it to 14 digits", async () => {
  const codes = fc.sample(gtin, 500);
  (await parse(codes)).forEach((read, index) => {
    const code = codes[index]!;
    deepStrictEqual(
      { ...read },
      { barcode: code, gtin14: code.padStart(14, "0"), gtin_type: `GTIN-${code.length}`, fault: null },
    );
  });
});

Deno.test("parse_gtin refuses every GTIN with one digit changed", async () => {
  const changed = fc.sample(
    fc.tuple(gtin, fc.nat(), fc.integer({ min: 1, max: 9 })).map(([code, place, add]) => {
      const at = place % code.length;
      return code.slice(0, at) + String((Number(code[at]) + add) % 10) + code.slice(at + 1);
    }),
    500,
  );
  for (const read of await parse(changed)) strictEqual(read.fault, "barcode_invalid");
});

Deno.test("parse_gtin gives a lost leading zero back, and only where the check digit proves it", async () => {
  const whole = fc.sample(
    fc.constantFrom(6, 10).chain((length) => digits(length).filter((text) => text[0] !== "0"))
      .map((text) => withCheckDigit(`0${text}`)),
    300,
  );
  (await parse(whole.map((code) => code.slice(1)))).forEach((read, index) => strictEqual(read.barcode, whole[index]));
  const wrong = whole.map((code) => code.slice(1, -1) + String((Number(code.at(-1)) + 1) % 10));
  for (const read of await parse(wrong)) strictEqual(read.fault, "barcode_invalid");
});

Deno.test("parse_gtin never fails, and answers either a barcode or a fault or nothing", async () => {
  const raws = fc.sample(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.eE+ -]{0,20}$/)), 1000)
    .map((text) => text.replaceAll("\0", ""));
  (await parse(raws)).forEach((read, index) => {
    if (read.barcode !== null) strictEqual(read.fault, null);
    else if (raws[index]!.replaceAll(/[ \t\u00a0-]/g, "") !== "") {
      strictEqual(typeof read.fault, "string", raws[index]!);
    }
  });
});
