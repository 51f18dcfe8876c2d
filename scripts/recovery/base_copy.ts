/**
 * A copy of a running cluster, by Postgres's own low-level backup calls: npm's server has no pg_basebackup. On its own it
 * is not consistent; with the archived log from its start on it is.
 */
import { join } from "node:path";
import postgres from "postgres";
import { type DatabaseUser, databaseUser } from "../local/database_user.ts";

/** What belongs to the running server alone; the log comes from the archive. */
const left = new Set(["postmaster.pid", "postmaster.opts", "server.log", "pg_wal", "pg_replslot", "pg_stat_tmp"]);

/** Copies the cluster in `from` to the new folder `to` while it works; returns how many bytes. */
export async function copyCluster(superuserUrl: string, from: string, to: string): Promise<number> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    // The session must last from start to stop.
    await sql`select pg_backup_start('odyssey', fast => true)`;
    const user = await databaseUser();
    const bytes = await copyTree(from, to, user, left);
    for (const name of ["pg_wal", "pg_replslot", "pg_stat_tmp"]) await makeFolder(join(to, name), user);
    const [stopped] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop()`;
    await writeFile(join(to, "backup_label"), stopped?.labelfile ?? "", user);
    return bytes;
  } finally {
    await sql.end();
  }
}

/** Copies a folder that nobody writes to, or one between pg_backup_start and pg_backup_stop. */
export async function copyTree(
  from: string,
  to: string,
  user: DatabaseUser,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<number> {
  let bytes = 0;
  await makeFolder(to, user);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (leftOut.has(name)) continue;
    try {
      if (isDirectory) bytes += await copyTree(source, target, user);
      else {
        await Deno.copyFile(source, target);
        await give(target, user);
        bytes += (await Deno.stat(target)).size;
      }
    } catch (error) {
      // A table dropped meanwhile; the log says so as well.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return bytes;
}

/** A file in a cluster, owned by its server. */
export async function writeFile(path: string, text: string, user: DatabaseUser): Promise<void> {
  await Deno.writeTextFile(path, text, { mode: 0o600 });
  await give(path, user);
}

async function makeFolder(path: string, user: DatabaseUser): Promise<void> {
  await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  await give(path, user);
}

async function give(path: string, { uid, gid }: DatabaseUser): Promise<void> {
  if (uid !== undefined) await Deno.chown(path, uid, gid ?? uid);
}
