/** What the tests run against, each in a data folder of its own: the stack; a cluster with databases for pgTAP. */
import { join } from "node:path";
import postgres from "postgres";
import { liftRateLimits } from "../local/lift_rate_limits.ts";
import { applySources } from "../local/migrate.ts";
import { installPlatform } from "../local/platform.ts";
import { loadPasswords, startPostgres } from "../local/postgres.ts";

/** A running stack; `env` is what the tests see of it. */
export type TestStack = { env: Record<string, string>; stop(): Promise<void> };

/** Databases for pgTAP, alike; one for each file that runs at a time. */
export type TestDatabases = {
  urls: string[];
  stop(): Promise<void>;
  /** Source files that could not be applied; each counts as a failed test. */
  brokenSources: number;
};

/** Throw-away data needs no flushing to disk; a killed server still recovers from its log. */
const testSettings = { fsync: "off", full_page_writes: "off" };

/** The stack on free ports, with limits for those who ask as fast as they can. */
export async function startTestStack(dataDir: string): Promise<TestStack> {
  const { startStack } = await import("../local/stack.ts");
  const stack = await startStack({
    dataDir,
    port: 0,
    dbPort: 0,
    postgresSettings: testSettings,
    passwordCost: 4,
    log: () => {},
  });
  await liftRateLimits(stack.dbUrl);
  await thinPartitions(stack.dbUrl);
  return { env: { ...stack.env, ODYSSEY_TEST_DATA_DIR: dataDir }, stop: stack.stop };
}

/** A cluster of its own: the faults kill the stack's. */
export async function startTestDatabases(dataDir: string): Promise<TestDatabases> {
  const server = await startPostgres({ dataDir, port: 0, settings: testSettings });
  try {
    await installPlatform(server.superuserUrl, await loadPasswords(dataDir));
    const { urls, failures } = await createPgtapDatabases(server.superuserUrl, dataDir);
    return { urls, brokenSources: failures.length, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * An eighth of the tables of customers and health that a vendor gets: the tests make some hundred vendors of a few rows
 * each, and Postgres looks through the constraints of all tables whenever it makes another partition. Products keep the
 * number that their facets are counted by; pgTAP and the stacks that tests start themselves hold to all of it.
 */
async function thinPartitions(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update app.partitioned_tables set modulus = greatest(2, modulus / 8) where table_name <> 'products'`;
  await sql.end();
}

/** Two databases with the sources of `sql/` applied, pgTAP and the helpers; with their addresses for role `postgres`. */
async function createPgtapDatabases(
  superuserUrl: string,
  dataDir: string,
): Promise<{ urls: string[]; failures: string[] }> {
  const passwords = await loadPasswords(dataDir);
  const at = (role: keyof typeof passwords, name = "pgtap") => {
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = passwords[role];
    url.pathname = `/${name}`;
    return url.href;
  };
  const admin = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  await admin`create database pgtap`;
  await admin.end();
  await installPlatform(at("supabase_admin"), passwords);
  const failures = await applySources(at("postgres"));
  for (const failure of failures) console.error(`FAIL ${failure}`);
  const sql = postgres(at("postgres"), { max: 1, onnotice: () => {} });
  await sql`create extension pgtap with schema extensions`;
  await sql.file(join(import.meta.dirname!, "..", "..", "tests", "database", "helpers.sql")).simple().catch((error) => {
    if (!(error instanceof Deno.errors.NotFound) && error?.code !== "ENOENT") throw error;
  });
  // The vendor of nearly every file, whole: each made it anew before, and undid its tables.
  await sql`select tests.create_vendor('acme')`;
  await sql.end();
  await copyDatabase(superuserUrl, "pgtap", "pgtap_copy");
  return { urls: [at("postgres"), at("postgres", "pgtap_copy")], failures };
}

/** Copies a database with what a template leaves behind: its own settings and the grant on it. */
async function copyDatabase(superuserUrl: string, from: string, to: string): Promise<void> {
  const admin = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(to)} template ${admin(from)}`;
  await admin`grant all on database ${admin(to)} to postgres`;
  await admin`
    insert into pg_db_role_setting (setdatabase, setrole, setconfig)
    select t.oid, s.setrole, s.setconfig
    from pg_db_role_setting as s
    join pg_database as f on f.oid = s.setdatabase and f.datname = ${from}
    join pg_database as t on t.datname = ${to}`;
  await admin.end();
}
