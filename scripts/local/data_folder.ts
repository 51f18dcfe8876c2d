/** A data folder belongs to one stack at a time; a lock that the system lets go with the process sees to it. */
import { join, resolve } from "node:path";
import { StackError } from "./stack_error.ts";

/** What a stack may leave in its folder; anything else in there stays, the log too. */
const ownEntries = ["postgres", "storage", "env", "keys.json", "passwords.json", "uploads.json"];

/** An open, locked data folder. */
export type DataFolder = { path: string; close(): void };

/** Makes the folder where it is missing and takes it, or says which process has it. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const path = resolve(dataDir);
  const file = await openLock(path);
  if (!(await file.tryLock(true))) {
    const holder = (await new Response(file.readable).text()).trim();
    throw new StackError(`${path} is in use by the Odyssey stack of ${holder || "another process"}; stop it first.`);
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`process ${Deno.pid}\n`));
  return { path, close: () => file.close() };
}

async function openLock(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(path, { recursive: true });
    return await Deno.open(join(path, "lock"), { read: true, write: true, create: true });
  } catch (error) {
    throw new StackError(`The data folder ${path} cannot be used: ${error instanceof Error ? error.message : error}.`);
  }
}

/** Empties an open folder for a new beginning; ends the database a killed stack left running in it. */
export async function emptyDataFolder({ path }: DataFolder): Promise<void> {
  await endLeftServer(path);
  for (const name of ownEntries) {
    const entry = join(path, name);
    // The cluster may be a link to a folder that the database's own user can reach.
    const target = await Deno.realPath(entry).catch(() => null);
    if (target === null) continue;
    await Deno.remove(target, { recursive: true });
    if (target !== entry) await Deno.remove(entry).catch(() => {});
  }
}

/** Ends the database of a folder, ready or still starting, as a crash would: SIGQUIT is Postgres' immediate shutdown. */
export async function endLeftServer(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  const pid = Number((await Deno.readTextFile(pidFile).catch(() => "")).split("\n")[0]);
  if (!pid) return;
  try {
    if (Deno.build.os === "linux" && (await Deno.readTextFile(`/proc/${pid}/comm`)).trim() !== "postgres") return;
    Deno.kill(pid, "SIGQUIT");
  } catch {
    return; // It ended by itself long ago.
  }
  for (let tries = 0; tries < 100 && await exists(pidFile); tries++) await new Promise((done) => setTimeout(done, 50));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
