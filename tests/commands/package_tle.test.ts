/**
 * The package for pg_tle, as far as it can be run without pg_tle: a stand-in takes down what `pgtle.*` is given, and
 * Postgres itself then installs just that by `create extension` and `alter extension ... update`, as an ordinary role.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { loadModule } from "@libpg-query/parser";
import postgres, { type Sql } from "postgres";
import { postgresBinaries } from "../../scripts/local/postgres_binaries.ts";
import { startThrowAwayServer } from "../../scripts/migrations/throw_away_server.ts";
import { readParts, type Source } from "../../scripts/package_tle/parts.ts";
import {
  afterScript,
  extensionBody,
  installScript,
  prepareScript,
  updateScript,
} from "../../scripts/package_tle/scripts.ts";
import { updateBetween } from "../../scripts/package_tle/update.ts";

const standIn = `
create schema pgtle;
create table pgtle.scripts (name text, file text, ext text, requires text[]);
create function pgtle.install_extension(name text, version text, description text, ext text, requires text[] default null)
returns boolean language sql as $$
  insert into pgtle.scripts values (name, format('%s--%s.sql', name, version), ext, requires) returning true $$;
create function pgtle.install_update_path(name text, fromvers text, tovers text, ext text)
returns boolean language sql as $$
  insert into pgtle.scripts values (name, format('%s--%s--%s.sql', name, fromvers, tovers), ext) returning true $$;
create function pgtle.set_default_version(name text, version text) returns boolean language sql as 'select true';`;

const makes = (name: string, result: string, body: string): Source => ({
  path: `sql/probe/${name}.sql`,
  text: `create or replace function app.${name}() returns ${result} language sql as $$ select ${body} $$;\n` +
    `comment on function app.${name} is 'A probe.';\ngrant execute on function app.${name} to authenticated;`,
});

/** What pg_tle does with what it was given: the control file and the scripts, where the server looks for them. */
async function publish(sql: Sql, folder: string): Promise<void> {
  const scripts = await sql<{ name: string; file: string; ext: string; requires: string[] | null }[]>`
    select * from pgtle.scripts`;
  for (const { name, file, ext, requires } of scripts) {
    await Deno.writeTextFile(join(folder, file), ext);
    if (!requires) continue;
    const control = `default_version = '0.1.0'\nsuperuser = false\nrelocatable = false\n` +
      `requires = '${requires.map((each) => `"${each}"`).join(", ")}'\n`;
    await Deno.writeTextFile(join(folder, `${name}.control`), control);
  }
}

Deno.test("pg_tle: the package installs in an empty database, works, and follows to the next version", async () => {
  const cache = await Deno.makeTempDir({ prefix: "odyssey-tle-" });
  await Deno.chmod(cache, 0o755);
  const binaries = await postgresBinaries(cache);
  const server = await startThrowAwayServer({ binaries });
  try {
    const { url } = await server.createDatabase("tle");
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const folder = join(binaries, "share", "postgresql", "extension");
    const parts = await readParts();
    const before = [...parts.extension, makes("changed", "int", "1"), makes("gone", "int", "1")];
    const after = [...parts.extension, makes("changed", "text", "'two'"), makes("fresh", "int", "3")];

    await sql.unsafe(standIn).simple();
    await sql.unsafe(prepareScript()).simple();
    await sql.unsafe(installScript("0.1.0", extensionBody({ ...parts, extension: before }))).simple();
    await loadModule();
    const update = updateBetween(before, after);
    deepStrictEqual(update.byHand, []);
    await sql.unsafe(updateScript("0.1.0", "0.2.0", update.body)).simple();
    await publish(sql, folder);

    await sql`create extension odyssey version '0.1.0'`;
    await sql`create extension pgmq`;
    await sql.unsafe(afterScript(parts)).simple();
    const dumped = new Map((await sql<{ name: string; condition: string }[]>`
      select t.oid::regclass::text as name, e.extcondition[t.n] as condition
      from pg_extension as e cross join unnest(e.extconfig) with ordinality as t (oid, n) where e.extname = 'odyssey'`)
      .map(({ name, condition }) => [name, condition]));
    deepStrictEqual(
      ["products", "audit_log", "tax_categories", "app.rate_limit_policies", "app.rate_limit_buckets"]
        .map((name) => dumped.get(name)),
      ["", "", "where vendor_id is not null", undefined, undefined],
      "a dump holds the rows of tenants, and not those the script makes",
    );

    await sql`select public.create_vendor('acme', 'Acme')`;
    await sql`select app.ensure_member((select id from public.vendors), app.ensure_user('anna'), 'vendor_admin')`;
    const [found] = await sql.begin(async (tx) => {
      await tx`select app.enter_request(app.begin_request('anna'))`;
      await tx`select public.upsert_products('[{"external_id": "1", "name": "Oat drink", "barcode": "4006381333931"}]')`;
      return await tx<{ name: string }[]>`select public.search_products('oat') #>> '{data,0,name}' as name`;
    });
    strictEqual(found!.name, "Oat drink");

    await sql`alter extension odyssey update to '0.2.0'`;
    const [now] = await sql`
      select app.changed() as changed, app.fresh() as fresh, to_regproc('app.gone') as gone,
        (select count(*)::int from public.products) as products`;
    deepStrictEqual({ ...now }, { changed: "two", fresh: 3, gone: null, products: 1 });
    const [members] = await sql<{ functions: number; partitions: number }[]>`
      select count(*) filter (where d.classid = 'pg_proc'::regclass)::int as functions,
        count(*) filter (where c.relnamespace = 'partitions'::regnamespace)::int as partitions
      from pg_depend as d join pg_extension as e on e.oid = d.refobjid and e.extname = 'odyssey'
      left join pg_class as c on c.oid = d.objid and d.classid = 'pg_class'::regclass
      where d.deptype = 'e'`;
    ok(members!.functions > 400);
    strictEqual(members!.partitions, 0, "partitions come and go without the extension");
    await sql.end();
  } finally {
    await server.stop();
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("pg_tle: what is more than functions is left to a person", async () => {
  await loadModule();
  const table = (column: string) => ({ path: "sql/a/t.sql", text: `create table app.t (${column} int);` });
  const added = makes("fresh", "int", "3");
  deepStrictEqual(updateBetween([table("a")], [table("b"), added]), {
    body: `-- ${added.path}\n${added.text}`,
    byHand: ["sql/a/t.sql"],
  });
  deepStrictEqual(updateBetween([table("a")], []).byHand, ["sql/a/t.sql (removed)"]);
});
