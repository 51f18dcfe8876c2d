import { deepEqual, equal } from "node:assert/strict";
import { loadModule } from "@libpg-query/parser";
import { checkFile } from "../../scripts/check/sql.ts";
import { lowerSqlCase } from "../../scripts/check/sql_case.ts";
import { tidySqlText } from "../../scripts/check/sql_text.ts";
import { breakWideLines } from "../../scripts/check/sql_width.ts";

await loadModule();

const right = `-- Says hello to whoever asks.
create or replace function app.greet(name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select format('Hello %s', greet.name);
$$;
`;

/** The lines and messages for a file that differs from the right one in one place. */
function problems(before: string, after: string, file = "sql/foundation/greet.sql"): string[] {
  equal(right.includes(before), true, `the example holds ${before}`);
  return checkFile(file, right.replace(before, after), true).map(({ line, message }) => `${line} ${message}`);
}

Deno.test("a right file has no problem", () => deepEqual(problems("hello", "hello"), []));

const cases: [what: string, before: string, after: string, expected: string[]][] = [
  ["a missing comment", "-- Says hello to whoever asks.\n", "", [
    "1 open the file with a comment that says why it exists (`-- ...`)",
  ]],
  ["upper case in a body", "select format", "SELECT format", ["8 write SELECT in lower case"]],
  ["upper case in a statement", "returns text", "RETURNS text", ["3 write RETURNS in lower case"]],
  ["a tab", "  select", "\tselect", ["8 indent with blanks, not tabs"]],
  ["blanks at the end", "immutable", "immutable ", ["5 remove the blanks at the end of the line"]],
  ["no search_path", "set search_path = ''\n", "", [
    "2 greet(): add `set search_path = ''` and name everything in full",
  ]],
  ["a filled search_path", "search_path = ''", "search_path = 'public'", [
    "2 greet(): add `set search_path = ''` and name everything in full",
  ]],
  ["no volatility", "immutable\n", "", ["2 greet(): state its volatility: immutable, stable or volatile"]],
  ["no schema", "app.greet", "greet", ["2 greet(): name the schema it belongs to"]],
  [
    "a definer in public",
    "function app.greet(name text)\nreturns text\n",
    "function public.greet(name text)\nreturns text\nsecurity definer\n",
    [
      "2 greet(): move security definer to schema app, behind an invoker wrapper",
    ],
  ],
  ["a body that does not parse", "select format('Hello", "select from from format('Hello", [
    `8 syntax error at or near "from": correct the body`,
  ]],
];
for (const [what, before, after, expected] of cases) {
  Deno.test(`${what} is reported with its line`, () => deepEqual(problems(before, after), expected));
}

Deno.test("a file is named after what it makes", () => {
  const expected = ["1 name the file after what it makes: app.greet"];
  deepEqual(problems("hello", "hello", "sql/foundation/hello.sql"), expected);
});

Deno.test("statements glued from text are reported, templates are not", () => {
  const body = (statement: string) =>
    `-- Runs it.
create or replace function app.run(name text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  ${statement}
end;
$$;
`;
  const found = (statement: string) => checkFile("sql/x/run.sql", body(statement), true).map(({ line }) => line);
  deepEqual(found("execute 'drop table ' || name;"), [9]);
  deepEqual(found("execute format('drop table ' || name);"), [9]);
  deepEqual(found("execute format('drop table %I', 'a' || name);"), []);
  deepEqual(found("execute format('drop table %I'\n    ' cascade', name);"), []);
});

Deno.test("--fix changes nothing but the look", () => {
  equal(tidySqlText("-- A.\r\n\tselect 1;  \n\n\n"), "-- A.\n  select 1;\n");
  equal(lowerSqlCase("SELECT 'Ab', \"Cd\", $$X$$ FROM T; -- Ef"), "select 'Ab', \"Cd\", $$X$$ from t; -- Ef");
  equal(lowerSqlCase("select 'é', NOW();"), "select 'é', now();");
  const wide = `comment on table a.b is '${"word ".repeat(40).trim()}';`;
  const lines = breakWideLines(wide).split("\n");
  equal(lines.every((line) => line.length <= 120), true);
  equal(lines.map((line) => line.trim().replace(/^'|';?$/g, "")).slice(1).join(""), "word ".repeat(40).trim());
});
