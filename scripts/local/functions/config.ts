/** Which functions there are: the `[functions.*]` tables of supabase/config.toml. */
import { join, resolve } from "node:path";
import { parse } from "deno-std/toml/parse.js";
import { z } from "zod";
import { StackError } from "../stack_error.ts";

/** One function as declared; the path is absolute. Its import map is for the bundler: here the root's deno.json maps. */
export type FunctionConfig = { name: string; entrypoint: string };

const functionSchema = z.object({
  enabled: z.boolean().default(true),
  verify_jwt: z.literal(false, { error: "must be false: the local gateway has no Supabase Auth to check tokens with" }),
  entrypoint: z.string(),
});
const configSchema = z.object({ functions: z.record(z.string().regex(/^[\w-]+$/), functionSchema).default({}) });

/** Reads the declared functions; `only` chooses some of them by name. */
export async function functionConfigs(root: string, only?: string[]): Promise<FunctionConfig[]> {
  const folder = join(root, "supabase");
  const result = configSchema.safeParse(parse(await Deno.readTextFile(join(folder, "config.toml"))));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new StackError(`supabase/config.toml: ${issue?.path.join(".")} ${issue?.message}`);
  }
  const all = Object.entries(result.data.functions).filter(([, { enabled }]) => enabled);
  const unknown = only?.find((name) => !all.some(([known]) => known === name));
  if (unknown) throw new StackError(`supabase/config.toml declares no function "${unknown}".`);
  return all.filter(([name]) => !only || only.includes(name)).map(([name, { entrypoint }]) => ({
    name,
    entrypoint: resolve(folder, entrypoint),
  }));
}
