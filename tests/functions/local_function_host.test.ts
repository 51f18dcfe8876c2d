import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { standUp, until } from "./function_stand.ts";

const answering = (text: string) => `Deno.serve(() => new Response(${JSON.stringify(text)}));`;

/** Answers what happened to each thing that a hosted function may or may not do. */
const probing = `
const attempt = async (what: () => unknown) => {
  try { await what(); return "allowed"; } catch (error) { return (error as Error).name; }
};
Deno.serve({ port: 1 }, async (request) => Response.json({
  path: new URL(request.url).pathname,
  host: request.headers.get("host"),
  body: await request.text(),
  env: Deno.env.toObject().GREETING,
  leaked: Deno.env.get("SECRET_OF_THE_PARENT") ?? null,
  net: await attempt(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close()),
  readsItsCode: await attempt(() => Deno.readTextFile(new URL(import.meta.url))),
  readsElsewhere: await attempt(() => Deno.readTextFile("/etc/passwd")),
  writes: await attempt(() => Deno.writeTextFile("/tmp/odyssey-probe", "")),
  writesBesideItself: await attempt(() => Deno.writeTextFile(new URL("./new.ts", import.meta.url), "")),
  runs: await attempt(() => new Deno.Command("/bin/sh").output()),
  loadsLibraries: await attempt(() => Deno.dlopen("libc.so.6", {})),
}));`;

Deno.test("a function has the permissions of a hosted one, and sees its path without the platform's prefix", async () => {
  Deno.env.set("SECRET_OF_THE_PARENT", "x");
  const stand = await standUp(probing);
  const { status, body } = await stand.ask("/probe/v1/things?x=1", { method: "POST", body: "sent" });
  await stand.stop();
  const { host: _, ...rest } = body as Record<string, unknown>;
  strictEqual(status, 200);
  deepStrictEqual(rest, {
    path: "/probe/v1/things",
    body: "sent",
    env: "hello",
    leaked: null,
    net: "allowed",
    readsItsCode: "allowed",
    readsElsewhere: "NotCapable",
    writes: "NotCapable",
    writesBesideItself: "NotCapable",
    runs: "NotCapable",
    loadsLibraries: "NotCapable",
  });
});

Deno.test("a function is reloaded when its code changes; one that cannot load answers 503 until it is mended", async () => {
  const stand = await standUp(answering("one"), { watch: true });
  strictEqual((await stand.ask()).body, "one");
  await stand.write(answering("two"));
  await until(async () => (await stand.ask()).body === "two");
  await stand.write("this is not a program");
  await until(async () => (await stand.ask()).status === 503);
  strictEqual(((await stand.ask()).body as { code: string }).code, "BOOT_ERROR");
  ok(stand.log.some((line) => line.startsWith("functions: probe failed to load")), stand.log.join("\n"));
  await stand.write(answering("three"));
  await until(async () => (await stand.ask()).body === "three");
  await stand.stop();
});

Deno.test("a reload lets the old process finish what it has begun", async () => {
  const slow =
    'Deno.serve(async () => { await new Promise((done) => setTimeout(done, 1500)); return new Response("old"); });';
  const stand = await standUp(slow, { watch: true });
  await until(async () => (await stand.ask("/probe")).status === 200);
  const begun = stand.ask();
  await stand.write(answering("new"));
  await until(() => stand.log.some((line) => line === "functions: probe reloaded"));
  strictEqual((await begun).body, "old");
  strictEqual((await stand.ask()).body, "new");
  await stand.stop();
});

Deno.test("a function that crashed starts again at the next request", async () => {
  const stand = await standUp(`Deno.serve((request) => {
    if (new URL(request.url).pathname.endsWith("/crash")) Deno.exit(3);
    return new Response("alive");
  });`);
  strictEqual((await stand.ask()).body, "alive");
  const crashed = await stand.ask("/probe/crash", { method: "POST", body: "x" });
  deepStrictEqual([crashed.status, (crashed.body as { code: string }).code], [500, "WORKER_ERROR"]);
  strictEqual((await stand.ask()).body, "alive");
  match(stand.log.join("\n"), /probe ended with code 3/);
  await stand.stop();
});

Deno.test("background work given to EdgeRuntime.waitUntil is finished before the process ends", async () => {
  const stand = await standUp(`Deno.serve(() => {
    EdgeRuntime.waitUntil(new Promise((done) => setTimeout(() => { console.log("finished"); done(null); }, 500)));
    return new Response("answered");
  });`);
  strictEqual((await stand.ask()).body, "answered");
  await stand.stop();
  ok(stand.log.includes("probe: finished"), stand.log.join("\n"));
});

Deno.test("an unknown function is 404, as hosted", async () => {
  const stand = await standUp(answering("one"));
  const { status, body } = await stand.ask("/nope");
  deepStrictEqual([status, (body as { code: string }).code], [404, "NOT_FOUND"]);
  await stand.stop();
});

Deno.test("the host ends when its parent is gone", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "index.ts"), answering("one"));
  const host = join(import.meta.dirname!, "..", "..", "scripts", "local", "function_host.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--quiet", "-A", "--no-config", host, `file://${join(folder, "index.ts")}`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  match(new TextDecoder().decode((await reader.read()).value), /^listening \d+\n$/);
  await child.stdin.close();
  strictEqual((await child.status).code, 0);
  await reader.cancel();
  await Deno.remove(folder, { recursive: true });
});
