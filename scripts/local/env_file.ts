/** Files with one `NAME=value` a line: `<dataDir>/env`, which other commands read, and `.env` at the root. */

/** The settings in `path`; none when there is no such file. */
export async function readEnvFile(path: string): Promise<Record<string, string>> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  });
  return parseEnv(text);
}

/**
 * Reads `NAME=value` lines; blank lines, comments and a leading `export` are allowed, quotes around a value are dropped.
 *
 * @example
 * ```ts
 * parseEnv('A=1\n# note\nexport B="two words"'); // { A: "1", B: "two words" }
 * ```
 */
export function parseEnv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (!match) continue;
    const [, name = "", value = ""] = match;
    const quoted = /^(["'])(.*)\1$/.exec(value);
    values[name] = quoted ? quoted[2]! : value.replace(/\s+#.*$/, "");
  }
  return values;
}

/** Replaces the file in one step; only its owner may read it. */
export async function writeEnvFile(path: string, values: Record<string, string>): Promise<void> {
  const text = Object.entries(values).map(([name, value]) => `${name}=${value}\n`).join("");
  const draft = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(draft, text, { mode: 0o600 });
  await Deno.rename(draft, path);
}
