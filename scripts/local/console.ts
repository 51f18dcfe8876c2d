/**
 * The console under `/console`, built at the first request and again whenever the page is opened anew, so that what
 * is served is what stands in console/. Stands for a static web host.
 */
import { buildConsole, type SiteFile } from "../console/build.ts";

/** Where the gateway serves it. */
export const consolePath = "/console";

const headers = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

/** Answers GET and HEAD under `consolePath`. */
export function createConsole(): { handle(request: Request, url: URL): Promise<Response> } {
  let site: Promise<Map<string, SiteFile>> | undefined;

  // One at a time: the bundler ends its process after each build, and would end another's.
  const buildAnew = async (before: typeof site) => {
    await before?.catch(() => {});
    return await buildConsole("/functions/v1");
  };

  return {
    async handle(request, url) {
      if (url.pathname === consolePath) return new Response(null, { status: 308, headers: { Location: "console/" } });
      if (request.method !== "GET" && request.method !== "HEAD") {
        return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
      }
      const name = url.pathname.slice(consolePath.length + 1) || "index.html";
      if (name === "index.html" || !site) site = buildAnew(site);
      const current = site;
      const files = await current.catch((error) => {
        if (site === current) site = undefined;
        throw error;
      });
      const file = files.get(name);
      if (!file) return new Response("Not found\n", { status: 404, headers });
      return new Response(request.method === "HEAD" ? null : file.content, {
        headers: { ...headers, "Content-Type": file.type },
      });
    },
  };
}
