/**
 * The rehearsal of a recovery, on clusters of its own: a base copy and an archive of the log are made while work goes
 * on; then somebody deletes everything, the server dies, and another one is restored to the moment before.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { databaseUser, reachableFolder } from "../local/database_user.ts";
import { applyMigrations } from "../local/migrate.ts";
import { installPlatform } from "../local/platform.ts";
import { loadPasswords, type RunningPostgres, startPostgres } from "../local/postgres.ts";
import { copyCluster, copyTree, writeFile } from "./base_copy.ts";
import { type Figures, readFigures, startWork, type Work } from "./work.ts";

export type RehearsalOptions = {
  /** Rounds of work before the copy, and again after it. */
  rounds: number;
  /** How long a record of the log waits at most before it is archived. */
  archiveSeconds: number;
  /** Settings of both servers that differ from ours, e.g. `{ fsync: "off" }` for tests. */
  settings?: Record<string, string>;
  /** Told of each step as it begins. */
  log: (line: string) => void;
  /** Ends the rehearsal before its next step. */
  signal?: AbortSignal;
};

/** What came of it. */
export type Rehearsal = {
  /** What there was at the moment to restore to, and what the restored database holds. */
  expected: Figures;
  restored: Figures;
  /** What verify_audit_log says of the restored chain, after new rows were sealed onto it. */
  chain: { valid: boolean; checked: number };
  baseBytes: number;
  /** How old the last change was that the archive held when the server died. */
  rpoSeconds: number;
  /** From the decision to restore until the restored database took writes. */
  rtoSeconds: number;
};

/** Rehearses; throws where a step fails. Leaves no server running and no file behind, however it ends. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { rounds, archiveSeconds, signal, log } = options;
  const smallServer = { shared_buffers: "64MB", max_wal_size: "256MB", ...options.settings };
  await using parts = new AsyncDisposableStack();
  const tell = (line: string) => {
    signal?.throwIfAborted();
    log(line);
  };
  const folder = parts.adopt(await makeFolder(), removeFolder);
  const user = await databaseUser();
  const [primaryDir, standInDir] = [join(folder, "primary"), join(folder, "restored")];
  await Deno.mkdir(standInDir, { recursive: true, mode: 0o755 });
  const archive = await reachableFolder(folder, "archive", user);
  const base = join(folder, "base");

  tell("A server that archives its log, with the migrations");
  const primary = await startPostgres({
    dataDir: primaryDir,
    port: 0,
    settings: {
      ...smallServer,
      archive_mode: "on",
      archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`,
      archive_timeout: String(archiveSeconds),
    },
  });
  parts.defer(() => primary.stop().catch(() => {}));
  await installPlatform(primary.superuserUrl, await loadPasswords(primaryDir));
  await applyMigrations(primary.url);
  const sql = postgres(primary.superuserUrl, { max: 1, onnotice: () => {} });
  parts.defer(() => sql.end({ timeout: 1 }).catch(() => {}));
  const work = await startWork(primary.url);
  parts.defer(() => work.end().catch(() => {}));

  for (let n = 0; n < rounds; n++) await work.round();
  tell("A base copy, while work goes on");
  const going = work.start();
  const baseBytes = await copyCluster(primary.superuserUrl, join(primaryDir, "postgres"), base)
    .finally(() => going.stop());
  for (let n = 0; n < rounds; n++) await work.round();

  const expected = await readFigures(sql);
  const [moment] = await sql<{ at: string }[]>`select clock_timestamp()::text as at`;
  tell(
    `The moment to come back to: ${moment!.at}, ${expected.products} products, ${expected.sealed} sealed audit rows`,
  );
  await sql`delete from public.products`;
  await untilArchived(sql, archiveSeconds);
  const rpoSeconds = await crash(primary, sql, work);
  tell("Everything was deleted, then the server died");

  const decidedAt = performance.now();
  await Deno.copyFile(join(primaryDir, "passwords.json"), join(standInDir, "passwords.json"));
  const cluster = await reachableFolder(standInDir, "postgres", user);
  await copyTree(base, cluster, user);
  await writeFile(join(cluster, "recovery.signal"), "", user);
  const restoredServer = await startPostgres({
    dataDir: standInDir,
    port: 0,
    settings: {
      ...smallServer,
      restore_command: `cp ${archive}/%f %p`,
      recovery_target_time: moment!.at,
      recovery_target_action: "promote",
    },
  });
  parts.defer(() => restoredServer.stop());
  const restoredSql = postgres(restoredServer.superuserUrl, { max: 1, onnotice: () => {} });
  parts.defer(() => restoredSql.end({ timeout: 1 }));
  await untilWritable(restoredSql);
  const rtoSeconds = (performance.now() - decidedAt) / 1000;
  tell("Restored");

  const restored = await readFigures(restoredSql);
  await restoredSql`select app.write_audit('recovery.rehearsed', 'end')`;
  await restoredSql`select app.seal_audit_log(1000)`;
  const [verified] = await restoredSql<
    [{ chain: Rehearsal["chain"] }]
  >`select app.verify_audit_log(null, null) as chain`;
  return { expected, restored, chain: verified.chain, baseBytes, rpoSeconds, rtoSeconds };
}

async function makeFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ dir: tmpdir(), prefix: "odyssey-recovery-" });
  // The server runs as another user when we are root.
  await Deno.chmod(folder, 0o755);
  return folder;
}

/** Clusters may be links to where their user can reach them. */
async function removeFolder(folder: string): Promise<void> {
  for (const name of ["primary/postgres", "restored/postgres", "archive", "."]) {
    const path = await Deno.realPath(join(folder, name)).catch(() => null);
    if (path) await Deno.remove(path, { recursive: true });
  }
}

/** Waits until the archive holds what is written by now; the server switches to a new segment by itself. */
async function untilArchived(sql: Sql, archiveSeconds: number): Promise<void> {
  const [now] = await sql<[{ file: string }]>`select pg_walfile_name(pg_current_wal_insert_lsn()) as file`;
  for (let waited = 0; (await lastArchived(sql)) < now.file; waited += 0.1) {
    if (waited > archiveSeconds + 60) throw new Error("the log is not archived; see the server's log");
    await delay(100);
  }
}

async function lastArchived(sql: Sql): Promise<string> {
  const [row] = await sql<[{ file: string }]>`
    select coalesce(max(last_archived_wal), '') as file from pg_stat_archiver where last_archived_wal !~ '[.]'`;
  return row.file;
}

/** Works on for a moment and kills the server in the midst of it; returns how much time's work is lost. */
async function crash(primary: RunningPostgres, sql: Sql, work: Work): Promise<number> {
  await work.round();
  const archived = await lastArchived(sql);
  const written = await sql<{ lsn: string; archived: boolean }[]>`
    select l as lsn, pg_walfile_name(l::pg_lsn) <= ${archived} as archived
    from unnest(${work.commits.map(({ lsn }) => lsn)}::text[]) as l`;
  const kept = new Set(written.filter((row) => row.archived).map(({ lsn }) => lsn));
  const last = work.commits.findLast(({ lsn }) => kept.has(lsn));
  primary.kill();
  const diedAt = Date.now();
  return (diedAt - (last?.at ?? diedAt)) / 1000;
}

async function untilWritable(sql: Sql): Promise<void> {
  for (let tries = 0;; tries++) {
    const [row] = await sql<[{ recovering: boolean }]>`select pg_is_in_recovery() as recovering`;
    if (!row.recovering) return;
    if (tries > 1200) throw new Error("the restored server does not end its recovery; see its log");
    await delay(100);
  }
}
