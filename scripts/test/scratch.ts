/** Where the tests' throw-away data lives. */
import { statfs } from "node:fs/promises";

/** Linux' file system in memory: a vendor is hundreds of files, and making them on a disk is a third of pgTAP's work. */
const memory = "/dev/shm";
const gigabyte = 1024 ** 3;

/** Makes a folder: in memory where there is plenty of it, unless it is to be kept; else where such files usually go. */
export async function makeScratchFolder(keep: boolean): Promise<string> {
  const isRoomy = !keep && await freeMemory() > 4 * gigabyte;
  const folder = await Deno.makeTempDir({ prefix: "odyssey-test-", ...(isRoomy ? { dir: memory } : {}) });
  await Deno.chmod(folder, 0o755);
  return folder;
}

/** The bytes that can be written to `memory` while as much is left to the processes; none where no program may run. */
async function freeMemory(): Promise<number> {
  const mounts = await Deno.readTextFile("/proc/mounts").catch(() => "");
  if (mounts.split("\n").some((line) => line.includes(` ${memory} `) && line.includes("noexec"))) return 0;
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, Deno.systemMemoryInfo().available / 2);
}
