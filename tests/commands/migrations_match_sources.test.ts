import { deepEqual, equal, ok } from "node:assert/strict";
import { catalogueDifference, catalogueOf } from "../../scripts/migrations/catalogue.ts";
import { brokenFunctionBodies } from "../../scripts/migrations/function_bodies.ts";
import { staleFiles } from "../../scripts/migrations/generate.ts";
import { startThrowAwayServer } from "../../scripts/migrations/throw_away_server.ts";
import { applyMigrations, applySources } from "../../scripts/local/migrate.ts";
import { pushMigrations } from "./supabase_cli.ts";

Deno.test("supabase/migrations is what npm run migrations makes of sql/", async () => {
  deepEqual(await staleFiles(), []);
});

Deno.test("sources, migrations and supabase db push build the same database", async (t) => {
  const server = await startThrowAwayServer();
  try {
    const [sources, migrations, pushed] = [
      await server.createDatabase("from_sources"),
      await server.createDatabase("from_migrations"),
      await server.createDatabase("from_push"),
    ];
    await t.step("the sources apply", async () => deepEqual(await applySources(sources.url), []));
    await t.step("every function body compiles", async () => deepEqual(await brokenFunctionBodies(sources.url), []));
    const expected = await catalogueOf(sources.superuserUrl);
    await t.step("the migrations give the same catalogue", async () => {
      ok(expected.length > 1000, `only ${expected.length} facts were compared`);
      await applyMigrations(migrations.url);
      equal(difference(expected, await catalogueOf(migrations.superuserUrl)), "");
    });
    await t.step("supabase db push gives the same catalogue", async () => {
      const { code, output } = await pushMigrations(pushed.url);
      ok(code === 0, output);
      equal(difference(expected, await catalogueOf(pushed.superuserUrl)), "");
    });
    await t.step("a second push finds nothing to do", async () => {
      const { code, output } = await pushMigrations(pushed.url);
      ok(code === 0 && /up to date/i.test(output), output);
    });
  } finally {
    await server.stop();
  }
});

function difference(first: string[], second: string[]): string {
  return catalogueDifference(first, second).slice(0, 20).join("\n");
}
