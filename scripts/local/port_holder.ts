/** Finds out which process listens on a local port; best effort, on Linux through /proc, elsewhere through lsof. */

/** Who has a port, as far as it can be told. */
export type PortHolder =
  | { kind: "odyssey"; dataDir: string; pid: number }
  | { kind: "postgres"; folder: string; pid: number }
  | { kind: "process"; command: string; pid: number }
  | { kind: "unknown" };

/** The path under which a gateway says whose it is. */
export const whoamiPath = "/.odyssey";

/** Asks the port itself, then the operating system. */
export async function portHolder(port: number): Promise<PortHolder> {
  const stack = await askGateway(port);
  if (stack) return stack;
  const pid = Deno.build.os === "linux" ? await listenerOnLinux(port) : await listenerByLsof(port);
  if (pid === null) return { kind: "unknown" };
  const command = await commandOf(pid);
  if (command === null) return { kind: "unknown" };
  const folder = /(?:^|\/)postgres .*-D\s*(\S+)/.exec(command)?.[1];
  return folder ? { kind: "postgres", folder, pid } : { kind: "process", command: command.slice(0, 120), pid };
}

async function askGateway(port: number): Promise<PortHolder | null> {
  try {
    const signal = AbortSignal.timeout(1000);
    const answer = await (await fetch(`http://127.0.0.1:${port}${whoamiPath}`, { signal })).json();
    if (answer.service !== "odyssey") return null;
    return { kind: "odyssey", dataDir: String(answer.data_dir), pid: Number(answer.pid) };
  } catch {
    return null;
  }
}

/** The socket's inode from /proc/net/tcp*, then the process that holds it open. */
async function listenerOnLinux(port: number): Promise<number | null> {
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const text = await Deno.readTextFile(table).catch(() => "");
    for (const line of text.split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === "0A" && inode && parseInt(local?.split(":")[1] ?? "", 16) === port) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const entry of Deno.readDirSync("/proc")) {
    const pid = Number(entry.name);
    if (Number.isInteger(pid) && holdsSocket(pid, inodes)) return pid;
  }
  return null;
}

function holdsSocket(pid: number, inodes: Set<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return [...Deno.readDirSync(folder)].some((entry) => inodes.has(linkOf(`${folder}/${entry.name}`)));
  } catch {
    return false; // Another user's process, or one that just ended.
  }
}

function linkOf(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch {
    return "";
  }
}

async function listenerByLsof(port: number): Promise<number | null> {
  const pid = Number((await output("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"])).split("\n")[0]);
  return pid > 0 ? pid : null;
}

async function commandOf(pid: number): Promise<string | null> {
  if (Deno.build.os !== "linux") return (await output("ps", ["-p", String(pid), "-o", "command="])).trim() || null;
  const text = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
  return text.replaceAll("\0", " ").trim() || null;
}

async function output(command: string, args: string[]): Promise<string> {
  const result = await new Deno.Command(command, { args, stderr: "null" }).output().catch(() => null);
  return result ? new TextDecoder().decode(result.stdout) : "";
}
