import { deepStrictEqual, strictEqual } from "node:assert";
import { request } from "node:http";
import { serveGateway } from "../../scripts/local/gateway.ts";

const cors = { prefix: "/storage/v1", cors: true };

Deno.test("the gateway says 503 until it is opened, 404 for unknown paths, 500 when a route fails", async () => {
  const log: string[] = [];
  const gateway = serveGateway({ port: 0, dataDir: "/d", log: (line) => void log.push(line) });
  const status = async (path: string) => {
    const response = await fetch(gateway.url + path);
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await status("/rest/v1/x"), 503);
  gateway.open([{
    prefix: "/rest/v1",
    cors: true,
    handle: () => {
      throw new Error("broken");
    },
  }]);
  deepStrictEqual([await status("/rest/v1/x"), await status("/rest/v10"), await status("/")], [500, 404, 404]);
  strictEqual(log.length, 1);
  const whose = await (await fetch(`${gateway.url}/.odyssey`)).json();
  deepStrictEqual(whose, { service: "odyssey", data_dir: "/d", pid: Deno.pid });
  await gateway.stop(0);
});

Deno.test("the gateway refuses methods that nothing behind it serves, and names those it does", async () => {
  const gateway = serveGateway({ port: 0, dataDir: "/d", log: () => {} });
  gateway.open([{ ...cors, handle: () => new Response("x") }]);
  const answer = await new Promise<[number | undefined, string | undefined]>((done, fail) =>
    request(`${gateway.url}/storage/v1/x`, { method: "TRACE", agent: false }, (message) => {
      message.resume().on("end", () => done([message.statusCode, message.headers.allow]));
    }).on("error", fail).end()
  );
  deepStrictEqual(answer, [405, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]);
  await gateway.stop(0);
});

Deno.test("the gateway answers preflights and lets scripts read what a TUS client needs", async () => {
  const gateway = serveGateway({ port: 0, dataDir: "/d", log: () => {} });
  gateway.open([{ ...cors, handle: () => new Response("x", { headers: { "upload-offset": "5" } }) }]);
  const preflight = await fetch(`${gateway.url}/storage/v1/upload/resumable`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "PATCH",
      "access-control-request-headers": "tus-resumable",
    },
  });
  strictEqual(preflight.status, 200);
  strictEqual(preflight.headers.get("access-control-allow-headers"), "tus-resumable");
  await preflight.body?.cancel();
  const answer = await fetch(`${gateway.url}/storage/v1/x`, { headers: { origin: "https://app.example" } });
  strictEqual(answer.headers.get("access-control-allow-origin"), "*");
  strictEqual(answer.headers.get("access-control-expose-headers")?.includes("Upload-Offset"), true);
  await answer.body?.cancel();
  await gateway.stop(0);
});

Deno.test("a stopping gateway lets a request finish in its time, and cuts off one that takes longer", async () => {
  const gateway = serveGateway({ port: 0, dataDir: "/d", log: () => {} });
  const slow = Promise.withResolvers<Response>();
  const endless = Promise.withResolvers<Response>();
  gateway.open([{ ...cors, handle: (_, url) => (url.pathname.endsWith("/slow") ? slow : endless).promise }]);
  const finished = fetch(`${gateway.url}/storage/v1/slow`).then((response) => response.text());
  const cutOff = fetch(`${gateway.url}/storage/v1/endless`).then(() => "answered", () => "cut off");
  setTimeout(() => slow.resolve(new Response("whole")), 200);
  await new Promise((done) => setTimeout(done, 50));
  await gateway.stop(400);
  deepStrictEqual([await finished, await cutOff], ["whole", "cut off"]);
  endless.resolve(new Response(null));
});

Deno.test("the gateway tells a route when the client is gone", async () => {
  const gateway = serveGateway({ port: 0, dataDir: "/d", log: () => {} });
  const gone = Promise.withResolvers<void>();
  gateway.open([{
    ...cors,
    handle: ({ signal }) =>
      new Promise((answer) =>
        signal.addEventListener("abort", () => {
          gone.resolve();
          answer(new Response(null));
        })
      ),
  }]);
  const client = new AbortController();
  const asked = fetch(`${gateway.url}/storage/v1/x`, { signal: client.signal }).catch(() => {});
  setTimeout(() => client.abort(), 100);
  await Promise.all([gone.promise, asked]);
  await gateway.stop(0);
});
