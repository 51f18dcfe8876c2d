/** The generated migrations: up to date with `sql/`, and without what squawk warns of. */
import { join } from "node:path";
import { staleFiles } from "../migrations/generate.ts";
import { root, SqlSourceError } from "../migrations/sources.ts";
import type { Problem } from "./problem.ts";

/** Files of supabase/migrations that differ from what `sql/` yields. */
export async function checkMigrationsAreCurrent(): Promise<Problem[]> {
  try {
    return (await staleFiles()).map(({ name, reason }) => ({
      file: `supabase/migrations/${name}`,
      line: 1,
      message: `${reason}: run npm run migrations`,
    }));
  } catch (error) {
    if (!(error instanceof SqlSourceError)) throw error;
    return [{ file: "supabase/config.toml", line: 1, message: error.message.replace("supabase/config.toml: ", "") }];
  }
}

type Finding = { file: string; line: number; message: string; help: string | null; rule_name: string };

/** What squawk says of the migrations, by the rules of .squawk.toml. */
export async function checkMigrationsWithSquawk(): Promise<Problem[]> {
  const { success, stdout, stderr } = await new Deno.Command(join(root, "node_modules", ".bin", "squawk"), {
    args: ["--reporter", "json", "--no-error-on-unmatched-pattern", "supabase/migrations/*.sql"],
    cwd: root,
    stdin: "null",
  }).output();
  if (success) return [];
  const text = new TextDecoder().decode(stdout);
  if (!text.startsWith("[")) {
    return [{ file: ".squawk.toml", line: 1, message: `squawk failed: ${new TextDecoder().decode(stderr).trim()}` }];
  }
  const findings: Finding[] = JSON.parse(text);
  return await Promise.all(findings.map(async ({ file, line, message, help, rule_name }) => ({
    ...await sourcePlace(file, line),
    message: `${message} (squawk ${rule_name})${help ? ` ${help}` : ""}`,
  })));
}

/** The place in `sql/` that a line of a generated file comes from: the marker `-- sql/...` above it names the source. */
async function sourcePlace(file: string, line: number): Promise<{ file: string; line: number }> {
  const lines = (await Deno.readTextFile(join(root, file))).split("\n");
  for (let index = line - 1; index >= 0; index--) {
    const marker = /^-- (sql\/\S+\.sql)$/.exec(lines[index] ?? "");
    if (marker?.[1]) return { file: marker[1], line: line - index };
  }
  return { file, line };
}
