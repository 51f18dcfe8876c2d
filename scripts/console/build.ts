/** The console as files that any web server can serve: one bundler call over console/, nothing fetched. */
import { join } from "node:path";
import { build, stop } from "esbuild";
import { root } from "../migrations/sources.ts";

/** A file of the site. */
export type SiteFile = { type: string; content: Uint8Array<ArrayBuffer> };

const folder = join(root, "console");

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
};

/** What a page may load and whom it may talk to; index.html carries it, so that any host's answer is held to it. */
export function contentSecurityPolicy(functionsUrl: string): string {
  const functions = /^https?:/.test(functionsUrl) ? ` ${new URL(functionsUrl).origin}` : "";
  return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    `connect-src 'self'${functions}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
}

/**
 * Builds the site by file name. `functionsUrl` is the base of the functions, absolute or from the page's origin.
 *
 * @example
 * ```ts
 * const site = await buildConsole("/functions/v1");
 * site.get("index.html");
 * ```
 */
export async function buildConsole(functionsUrl: string): Promise<Map<string, SiteFile>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, "src", "main.tsx"), join(folder, "style.css")],
    entryNames: "[name]",
    outdir: "site",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "inline",
    write: false,
    logLevel: "silent",
  }).finally(stop);
  const page = (await Deno.readTextFile(join(folder, "index.html")))
    .replace("%CSP%", contentSecurityPolicy(functionsUrl));
  const encode = (text: string) => new TextEncoder().encode(text);
  const files: [string, Uint8Array<ArrayBuffer>][] = [
    ["index.html", encode(page)],
    ["config.json", encode(`${JSON.stringify({ functions_url: functionsUrl })}\n`)],
    ["icon.svg", await Deno.readFile(join(folder, "icon.svg"))],
    ...outputFiles.map(({ path, contents }) =>
      [path.slice(path.lastIndexOf("/") + 1), new Uint8Array(contents)] as [string, Uint8Array<ArrayBuffer>]
    ),
  ];
  return new Map(
    files.map(([name, content]) => [name, { type: types[name.slice(name.lastIndexOf(".") + 1)]!, content }]),
  );
}
