/** Releases are git tags; these read them. */
import { CommandError } from "../_cli/flags.ts";
import { root } from "../migrations/sources.ts";

/** The last tag before this checkout; null when there is none. */
export async function previousTag(): Promise<string | null> {
  const { success, stdout } = await git(["describe", "--tags", "--abbrev=0", "HEAD^"]);
  return success ? new TextDecoder().decode(stdout).trim() : null;
}

/** Writes what a tag holds of the functions and their configuration below `folder`. */
export async function exportTag(tag: string, folder: string): Promise<void> {
  const { success: isThere } = await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${tag}^{commit}`]);
  if (!isThere) throw new CommandError(`git knows no ${tag}; fetch the tags first: git fetch --tags`, 2);
  const archive = await git(["archive", "--format=tar", tag, "functions", "supabase"]);
  if (!archive.success) throw new Error(new TextDecoder().decode(archive.stderr));
  const tar = new Deno.Command("tar", { args: ["-xf", "-", "-C", folder], stdin: "piped" }).spawn();
  const input = tar.stdin.getWriter();
  await input.write(archive.stdout);
  await input.close();
  if (!(await tar.status).success) throw new Error(`${tag} could not be unpacked`);
}

function git(args: string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command("git", { args, cwd: root, stdin: "null" }).output();
}
