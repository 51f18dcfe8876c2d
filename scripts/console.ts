/** `npm run console`: the console as static files for any web host. */
import { join, resolve } from "node:path";
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { buildConsole } from "./console/build.ts";

const help = `npm run console -- --functions-url URL [FLAGS]

Writes the console as static files. Serve the folder over https with the header
  Content-Security-Policy: frame-ancestors 'none'
and name its origin in ODYSSEY_CORS_ORIGINS of the functions. npm start serves it by itself, under /console.

  --functions-url URL   base of the functions: https://<ref>.supabase.co/functions/v1, or a path of the same origin
  --out DIR             the folder; made where it is missing
  --help                this text`;

await runCommand(async () => {
  const { values } = readFlags({ help, options: { "functions-url": { type: "string" }, out: { type: "string" } } });
  if (!values.out) throw new CommandError("--out must name a folder; --help says more.", 2);
  const out = resolve(values.out);
  const site = await buildConsole(goodUrl(values["functions-url"] ?? ""));
  await Deno.mkdir(out, { recursive: true });
  for (const [name, { content }] of site) await Deno.writeFile(join(out, name), content);
  console.log(`${out}: ${[...site.keys()].sort().join(", ")}`);
});

/** A path of the same origin, https, or http on this machine: a token must not travel in the clear. */
function goodUrl(text: string): string {
  const isPath = /^\/(?!\/)[\w./-]*$/.test(text);
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (isPath || url?.protocol === "https:" || isLocal) return text.replace(/\/$/, "");
  throw new CommandError(
    `--functions-url must be https://..., or a path such as /functions/v1, not "${text}".`,
  );
}
