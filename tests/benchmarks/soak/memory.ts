/** What the processes of a stack hold in memory, by what they are. */

/** Mebibytes by role: `postgres`, `functions/<name>`, `stand-ins` (gateway, Storage, loops and the load itself). */
export type Memory = Record<string, number>;

/**
 * The present memory of this process, all below it, and the server on `dataDir`, which is nobody's child; shared pages
 * are divided among those who share them.
 */
export async function readMemory(dataDir: string): Promise<Memory> {
  const memory: Memory = {};
  const server = Number((await read(`${dataDir}/postgres/postmaster.pid`)).split("\n")[0]);
  for (const pid of [...await descendants(Deno.pid), ...await descendants(server)]) {
    const command = await read(`/proc/${pid}/cmdline`);
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(await read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
    if (kilobytes === 0) continue;
    const role = pid === Deno.pid
      ? "stand-ins"
      : /functions\/(\w+)\/index\.ts/.exec(command)?.[0].slice(0, -9) ?? "postgres";
    memory[role] = (memory[role] ?? 0) + kilobytes / 1024;
  }
  return memory;
}

async function descendants(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name of a program may hold blanks and brackets; what follows the last bracket does not.
    const parent = Number((await read(`/proc/${name}/stat`)).split(") ").at(-1)?.split(" ")[1] ?? NaN);
    children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  const found: number[] = [];
  const add = (pid: number) => void (found.push(pid), (children.get(pid) ?? []).forEach(add));
  add(root);
  return found;
}

/** A file of a process, or nothing when the process has ended meanwhile. */
async function read(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}
