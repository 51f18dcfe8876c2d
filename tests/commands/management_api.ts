/**
 * Stands for the platform's Management API, as far as `supabase functions deploy --use-api` and `supabase secrets set`
 * talk to it: takes the sources that the CLI collects for a function, and secrets. Leaves out what the platform does
 * next: bundling and running them.
 */

/** A function as it arrived: its settings, and its files by path. */
export type DeployedFunction = { metadata: Record<string, unknown>; files: Map<string, string> };

/** `url` is the API's address; `deployed` holds what arrived, by function name; `calls` what was asked, in order. */
export type ManagementApi = {
  url: string;
  deployed: Map<string, DeployedFunction>;
  secrets: Map<string, string>;
  calls: string[];
  stop(): Promise<void>;
};

/** A profile of the CLI that says where the platform is. */
export function profileText(url: string): string {
  return `name: test\napi_url: ${url}\ndashboard_url: ${url}\ndocs_url: ${url}\n` +
    "project_host: 127.0.0.1\npooler_host: 127.0.0.1\n";
}

/** Starts the stand-in on a free port. */
export function startManagementApi(): ManagementApi {
  const deployed = new Map<string, DeployedFunction>();
  const secrets = new Map<string, string>();
  const calls: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const url = new URL(request.url);
    calls.push(`${request.method} ${url.pathname}`);
    if (request.method === "POST" && url.pathname.endsWith("/secrets")) {
      for (const { name, value } of await request.json()) secrets.set(name, value);
      return new Response(null, { status: 201 });
    }
    if (request.method === "GET" && url.pathname.endsWith("/functions")) return Response.json([]);
    // All that were sent become current at once.
    if (request.method === "PUT" && url.pathname.endsWith("/functions")) {
      return Response.json({ functions: await request.json() });
    }
    if (!url.pathname.endsWith("/functions/deploy")) return Response.json({ message: "not here" }, { status: 404 });
    const slug = url.searchParams.get("slug") ?? "";
    const files = new Map<string, string>();
    let metadata = {};
    for (const [name, value] of await request.formData()) {
      if (value instanceof File) files.set(value.name, await value.text());
      else if (name === "metadata") metadata = JSON.parse(value);
    }
    deployed.set(slug, { metadata, files });
    const now = Date.now();
    return Response.json(
      { id: crypto.randomUUID(), slug, name: slug, status: "ACTIVE", version: 1, created_at: now, updated_at: now },
      { status: 201 },
    );
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, deployed, secrets, calls, stop: () => server.shutdown() };
}
