/** Requests of connectors against servers that misbehave: what is tried again, what only a person can mend. */
import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import type { Auth, Connector } from "../../functions/_shared/connectors/connector.ts";
import { fetchPage } from "../../functions/_shared/connectors/fetch_page.ts";
import { SourceUnavailable } from "../../functions/_shared/connectors/source_fault.ts";
import { JobFault } from "../../functions/_shared/ingest/job_fault.ts";
import { closeIdle } from "../../functions/_shared/outbound/connections.ts";

const policy = { allowLocal: true, ports: [443] };

function connectorFor(base_url: string, auth: Auth = { type: "none" }): Connector {
  return {
    ...{
      id: crypto.randomUUID(),
      source: "s",
      base_url,
      auth,
      paging: { type: "none" },
      record_path: "",
      explode: null,
    },
    ...{ unwrap: [], mapping: {}, increments: null, max_pages: 10, updated_at: "" },
  };
}

async function serving(
  answer: (request: Request) => Response | Promise<Response>,
  test: (url: string) => Promise<void>,
) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  try {
    await test(`http://127.0.0.1:${server.addr.port}/items`);
  } finally {
    closeIdle();
    await server.shutdown();
  }
}

/** A server that sends these bytes to whoever connects, one part every 20 ms, and closes unless told to hang. */
async function sending(parts: string[], hangs: boolean, test: (url: string) => Promise<void>) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.Conn[] = [];
  const loop = (async () => {
    for await (const connection of listener) {
      open.push(connection);
      await connection.read(new Uint8Array(8192));
      for (const part of parts) {
        await connection.write(new TextEncoder().encode(part));
        await new Promise((done) => setTimeout(done, 20));
      }
      if (!hangs) connection.close();
    }
  })().catch(() => {});
  try {
    await test(`http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}/items`);
  } finally {
    listener.close();
    for (const connection of open) {
      try {
        connection.close();
      } catch {
        // It is closed already.
      }
    }
    await loop;
  }
}

const fetchFrom = (url: string, options = {}) =>
  fetchPage(connectorFor(url), null, new URL(url), null, { policy, timeoutMs: 2000, ...options });

const passing = (detail: RegExp, seconds: number | null = null) => (error: unknown) => {
  if (!(error instanceof SourceUnavailable)) throw error;
  deepStrictEqual([detail.test(error.fault.detail), error.seconds], [true, seconds], error.fault.detail);
  return true;
};
const lasting = (code: string) => (error: unknown) => {
  if (!(error instanceof JobFault)) throw error;
  strictEqual(error.code, code);
  return true;
};

Deno.test("fetch: statuses that may pass are tried again, as late as the source asks; others are faults", async () => {
  const answers: [ResponseInit & { body?: string }, (error: unknown) => boolean][] = [
    [{ status: 500 }, passing(/answered 500/)],
    [{ status: 503, headers: { "retry-after": "120" } }, passing(/answered 503/, 120)],
    [{ status: 429, headers: { "retry-after": "7" } }, passing(/answered 429/, 7)],
    [{ status: 408 }, passing(/answered 408/)],
    [{ status: 301, headers: { location: "http://169.254.169.254/" } }, lasting("redirected")],
    [{ status: 302, headers: { location: "/items/" } }, lasting("redirected")],
    [{ status: 401 }, lasting("credentials_refused")],
    [{ status: 403 }, lasting("credentials_refused")],
    [{ status: 404 }, lasting("source_refused")],
    [{ status: 304 }, lasting("redirected")],
    [{ headers: { "content-type": "text/html" }, body: "<p>maintenance" }, passing(/not JSON but text\/html/)],
    [{ headers: { "content-type": "application/json", "content-encoding": "gzip" }, body: "x" }, passing(/compressed/)],
    [{ headers: { "content-type": "application/json" }, body: "x".repeat(70_000) }, lasting("page_too_large")],
  ];
  for (const [{ body, ...init }, expected] of answers) {
    await serving(
      () => new Response(body ?? null, init),
      (url) => rejects(fetchFrom(url, { mostBytes: 65_536 }), expected),
    );
  }
});

Deno.test("fetch: an answer that breaks off, drips, or never comes is tried again", async () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";
  await sending([head + '[{"a":'], false, (url) => rejects(fetchFrom(url), passing(/broke off/)));
  await sending(
    Array(200).fill(" "),
    true,
    (url) => rejects(fetchFrom(url, { timeoutMs: 150 }), passing(/within 0.15 s/)),
  );
  await sending(
    [head, ...Array(50).fill(" ")],
    true,
    (url) => rejects(fetchFrom(url, { timeoutMs: 150 }), passing(/within 0.15 s/)),
  );
  await sending(["nonsense\r\n"], false, (url) => rejects(fetchFrom(url), passing(/not HTTP/)));
  await rejects(fetchFrom("http://127.0.0.1:9/items"), passing(/refused/));
});

Deno.test("fetch: no request is made to where none must go", async () => {
  const hosted = { allowLocal: false, ports: [443] };
  for (
    const url of ["http://example.com/", "https://127.0.0.1/", "https://169.254.169.254/", "https://example.com:22/"]
  ) {
    await rejects(fetchFrom(url, { policy: hosted }), lasting("refused_url"), url);
  }
  const auth: Auth = { type: "oauth2_client_credentials", token_url: "https://10.0.0.1/token", client_id: "c" };
  await rejects(
    fetchPage(connectorFor("https://1.1.1.1/", auth), "s", new URL("https://1.1.1.1/"), null, { policy: hosted }),
    lasting("token_refused"),
  );
});

Deno.test("fetch: each kind of credentials goes where it belongs; a confirmed page has no text", async () => {
  const seen: [string | null, string | null, string][] = [];
  await serving((request) => {
    seen.push([request.headers.get("authorization"), request.headers.get("x-key"), new URL(request.url).search]);
    const isKnown = request.headers.get("if-none-match") === '"e"';
    return isKnown ? new Response(null, { status: 304 }) : Response.json([], { headers: { etag: '"e"', link: "<n>" } });
  }, async (url) => {
    const ask = (auth: Auth, validators: Parameters<typeof fetchPage>[3] = null) =>
      fetchPage(connectorFor(url, auth), "s\u00e9cret", new URL(url), validators, { policy });
    await ask({ type: "basic", username: "me" });
    await ask({ type: "api_key", place: "query", name: "key" });
    const { text, etag, link } = await ask({ type: "none" });
    deepStrictEqual([text, etag, link], ["[]", '"e"', "<n>"]);
    strictEqual((await ask({ type: "none" }, { etag: '"e"', last_modified: null })).text, null);
    const plain = (auth: Auth) => fetchPage(connectorFor(url, auth), "k", new URL(url), null, { policy });
    await plain({ type: "bearer" });
    await plain({ type: "api_key", place: "header", name: "X-Key" });
  });
  deepStrictEqual(seen, [
    ["Basic bWU6c8OpY3JldA==", null, ""],
    [null, null, "?key=s%C3%A9cret"],
    [null, null, ""],
    [null, null, ""],
    ["Bearer k", null, ""],
    [null, "k", ""],
  ]);
});

Deno.test("fetch: a client's token is kept, renewed when the source ends it early, and asked for once a page", async () => {
  let issued = 0;
  let valid = 0;
  const forms: string[] = [];
  await serving(async (request) => {
    if (new URL(request.url).pathname === "/token") {
      forms.push(`${request.headers.get("authorization") ?? ""} ${await request.text()}`);
      valid = ++issued;
      return Response.json({ access_token: `t${issued}`, token_type: "Bearer", expires_in: 3600 });
    }
    return request.headers.get("authorization") === `Bearer t${valid}`
      ? Response.json([])
      : new Response(null, { status: 401 });
  }, async (url) => {
    const auth: Auth = {
      type: "oauth2_client_credentials",
      token_url: new URL("/token", url).href,
      client_id: "a:b",
      scope: "read",
    };
    const connector = connectorFor(url, auth);
    const ask = () => fetchPage(connector, "s", new URL(url), null, { policy });
    await ask();
    await ask();
    strictEqual(issued, 1);
    valid = -1;
    await ask();
    strictEqual(issued, 2);
    const byBody = connectorFor(url, { ...auth, client_auth: "body" });
    await fetchPage(byBody, "s", new URL(url), null, { policy });
  });
  deepStrictEqual(forms.slice(1), [
    `Basic ${btoa("a%3Ab:s")} grant_type=client_credentials&scope=read`,
    " grant_type=client_credentials&scope=read&client_id=a%3Ab&client_secret=s",
  ]);
  await serving(
    (request) => new URL(request.url).pathname === "/token" ? new Response(null, { status: 400 }) : Response.json([]),
    (url) =>
      rejects(
        fetchPage(
          connectorFor(url, {
            type: "oauth2_client_credentials",
            token_url: new URL("/token", url).href,
            client_id: "c",
          }),
          "s",
          new URL(url),
          null,
          { policy },
        ),
        lasting("token_refused"),
      ),
  );
});
