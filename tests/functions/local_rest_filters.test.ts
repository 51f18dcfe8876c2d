import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { parseFilter, parseOrder, parseSelect } from "../../scripts/local/rest/filters.ts";
import { Parameters } from "../../scripts/local/rest/sql_text.ts";

const pets = {
  name: "pets",
  columns: new Map([["id", "integer"], ["name", "text"], ["tags", "text[]"], ["facts", "jsonb"]]),
};

function filter(key: string, value: string): { sql: string; values: (string | null)[] } {
  const parameters = new Parameters();
  return { sql: parseFilter(key, value, pets, parameters), values: parameters.values };
}

Deno.test("parseFilter() casts a value to the column's type and passes it as a parameter", () => {
  const cases: [string, string, string, string[]][] = [
    ["id", "eq.1", `"pets"."id" = cast($1::text as integer)`, ["1"]],
    ["name", "not.ilike.a*b", `not ("pets"."name" ilike $1::text)`, ["a%b"]],
    ["id", "in.(1,2)", `"pets"."id" = any(cast($1::text as integer[]))`, ['{"1","2"}']],
    ["name", 'in.("a,b",c)', `"pets"."name" = any(cast($1::text as text[]))`, ['{"a,b","c"}']],
    ["name", "is.not_null", `"pets"."name" is not null`, []],
    ["tags", "cs.{a,b}", `"pets"."tags" @> cast($1::text as text[])`, ["{a,b}"]],
    ["facts->a->>0", "eq.x", `("pets"."facts"->$1::text->>cast($2::text as integer)) = $3::text`, ["a", "0", "x"]],
    ["id", "gt(any).{1,2}", `"pets"."id" > any (cast($1::text as integer[]))`, ['{"1","2"}']],
    [
      "not.or",
      "(id.eq.1,and(name.is.null,id.not.lt.3))",
      `not ("pets"."id" = cast($1::text as integer) or ("pets"."name" is null and not ("pets"."id" < cast($2::text as integer))))`,
      ["1", "3"],
    ],
  ];
  for (const [key, value, sql, values] of cases) {
    deepStrictEqual(filter(key, value), { sql, values }, `${key}=${value}`);
  }
});

Deno.test("parseFilter() names what it cannot read", () => {
  for (const value of ["", "1", "constructor.1", "in.1,2", "is.maybe"]) {
    throws(() => filter("id", value), { code: "PGRST100" }, value);
  }
  for (const group of ["id.eq.1", "(id.eq.1", "(id.eq.(1)", '(name.eq."x)']) {
    throws(() => filter("or", group), { code: "PGRST100" }, group);
  }
});

Deno.test("no text of a query string reaches the SQL except as a quoted name", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.constantFrom("eq", "like", "in", "is", "cs", "wfts(simple)"),
      (key, value, operator) => {
        const texts = [
          () => filter(key, `${operator}.${value}`).sql,
          () => parseOrder(`${key}.${value}`, pets, new Parameters()),
          () => parseSelect(`${key},${value}`, pets, new Parameters()),
        ];
        for (const text of texts) {
          const sql = attempt(text);
          if (sql === null) continue;
          const outside = sql.replace(/"(?:[^"]|"")*"/g, "");
          ok(!/['";]|--|\/\*/.test(outside), sql);
        }
      },
    ),
  );
});

Deno.test("parseSelect() renames, casts and follows JSON paths", () => {
  const select = (text: string) => parseSelect(text, pets, new Parameters());
  strictEqual(select("*"), `"pets".*`);
  strictEqual(select("a:id::text,name"), `cast("pets"."id" as text) as "a", "pets"."name" as "name"`);
  strictEqual(select("facts->x"), `("pets"."facts"->$1::text) as "x"`);
  throws(() => select("id,owner(name)"), { code: "PGRST200" });
  throws(() => select("id.sum()"), { code: "PGRST123" });
  throws(() => select("id::text; drop table pets"), { code: "PGRST100" });
});

/** What `run` gives, or null where it refuses in PostgREST's way. */
function attempt(run: () => string): string | null {
  try {
    return run();
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "string") return null;
    throw error;
  }
}
