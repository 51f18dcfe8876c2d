/**
 * Postgres refuses to run as root. When we are root, the server runs as an unprivileged user, in a folder that
 * this user can reach.
 */
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";

/** Process options that make a command run as the database's user; empty when we are not root. */
export type DatabaseUser = { uid?: number; gid?: number };

/** The user that owns the cluster: `postgres` or `nobody` of the machine when we are root, else ourselves. */
export async function databaseUser(): Promise<DatabaseUser> {
  if (Deno.uid() !== 0) return {};
  const lines = (await Deno.readTextFile("/etc/passwd")).split("\n").map((line) => line.split(":"));
  const entry = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  return { uid: Number(entry?.[2] ?? 65534), gid: Number(entry?.[3] ?? 65534) };
}

/**
 * Returns `<parent>/<name>`, made for `user`. Where a folder above is closed to that user (a project under a
 * 0700 home), the real folder is put under /var/lib/odyssey and linked.
 */
export async function reachableFolder(parent: string, name: string, user: DatabaseUser): Promise<string> {
  const wanted = join(parent, name);
  if (user.uid === undefined) {
    await Deno.mkdir(wanted, { recursive: true, mode: 0o700 });
    return wanted;
  }
  const existing = await Deno.realPath(wanted).catch(() => null);
  if (existing) return existing;
  const folder = await isOpenToAll(parent)
    ? wanted
    : join("/var/lib/odyssey", createHash("sha256").update(parent).digest("hex").slice(0, 16), name);
  await Deno.mkdir(dirname(folder), { recursive: true, mode: 0o755 });
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await Deno.chown(folder, user.uid, user.gid ?? user.uid);
  if (folder !== wanted) await Deno.symlink(folder, wanted);
  return folder;
}

async function isOpenToAll(folder: string): Promise<boolean> {
  for (let current = folder; current !== dirname(current); current = dirname(current)) {
    if ((((await Deno.stat(current)).mode ?? 0) & 0o001) === 0) return false;
  }
  return true;
}
