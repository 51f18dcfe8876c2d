/** Builds one database from `sql/` and one from `supabase/migrations`, and says where they differ. */
import { applyMigrations, applySources } from "../local/migrate.ts";
import { catalogueDifference, catalogueOf } from "./catalogue.ts";
import { brokenFunctionBodies } from "./function_bodies.ts";
import { startThrowAwayServer } from "./throw_away_server.ts";

/** No `problems`: both are built alike. `facts` counts the lines that were compared. */
export type Proof = { problems: string[]; facts: number };

/** Runs the whole comparison on a server of its own. */
export async function proveEquality(): Promise<Proof> {
  const server = await startThrowAwayServer();
  try {
    const fromSources = await server.createDatabase("from_sources");
    const failures = await applySources(fromSources.url);
    if (failures.length > 0) return { problems: failures, facts: 0 };
    const broken = await brokenFunctionBodies(fromSources.url);
    if (broken.length > 0) return { problems: broken.map((line) => `function ${line}`), facts: 0 };

    const fromMigrations = await server.createDatabase("from_migrations");
    try {
      await applyMigrations(fromMigrations.url);
    } catch (error) {
      return { problems: [(error as Error).message], facts: 0 };
    }
    const [first, second] = [
      await catalogueOf(fromSources.superuserUrl),
      await catalogueOf(fromMigrations.superuserUrl),
    ];
    const difference = catalogueDifference(first, second);
    if (difference.length === 0) return { problems: [], facts: first.length };
    return {
      problems: ["The two databases differ (- sources, + migrations):", ...difference.slice(0, 60)],
      facts: first.length,
    };
  } finally {
    await server.stop();
  }
}
