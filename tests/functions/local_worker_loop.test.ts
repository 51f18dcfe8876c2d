import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { startWorkerLoop } from "../../scripts/local/worker_loop.ts";
import { until } from "./function_stand.ts";

/** A worker that answers what it is told to. */
function fakeWorker(answer: (call: number) => Response) {
  const calls: { method: string; apikey: string | null }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    calls.push({ method: request.method, apikey: request.headers.get("apikey") });
    return answer(calls.length);
  });
  return { calls, url: `http://127.0.0.1:${server.addr.port}/worker`, close: () => server.shutdown() };
}

Deno.test("the worker loop calls again at once while there is more, in two loops, then rests", async () => {
  const worker = fakeWorker((call) => Response.json({ processed: 1, more: call < 20 }));
  const loop = startWorkerLoop({ url: worker.url, secretKey: "sb_secret_x", log: () => {}, idleMs: 10 });
  await until(() => worker.calls.length >= 20);
  deepStrictEqual(worker.calls[0], { method: "POST", apikey: "sb_secret_x" });
  await loop.stop();
  const rest = () => new Promise((done) => setTimeout(done, 50));
  // What was sent before may arrive now.
  await rest();
  const count = worker.calls.length;
  await rest();
  strictEqual(worker.calls.length, count);
  await worker.close();
});

Deno.test("the second loop joins as soon as a step has run, however long it would rest", async () => {
  let underWay = 0;
  let most = 0;
  let calls = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async () => {
    calls += 1;
    if (calls > 4) return Response.json({ processed: 0, more: false });
    underWay += 1;
    most = Math.max(most, underWay);
    // The first step is alone; those it made possible end only when both loops have come.
    await until(() => calls === 1 || most === 2);
    underWay -= 1;
    return Response.json({ processed: 1, more: true });
  });
  const url = `http://127.0.0.1:${server.addr.port}/worker`;
  const loop = startWorkerLoop({ url, secretKey: "k", log: () => {}, idleMs: 3_600_000 });
  await until(() => most === 2);
  await until(() => calls > 4);
  await loop.stop();
  await server.shutdown();
});

Deno.test("a loop whose step has run goes on beside the other, even when that one had found nothing", async () => {
  let calls = 0;
  let foundNothing = false;
  let together = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async () => {
    const call = ++calls;
    // The first loop runs a step and finds nothing beside that of the second, which makes two more possible.
    if (call === 2) foundNothing = true;
    if (call === 2 || call > 5) return Response.json({ processed: 0, more: false });
    if (call === 3) await until(() => foundNothing);
    if (call > 3) {
      together += 1;
      await until(() => together === 2);
    }
    return Response.json({ processed: 1, more: true });
  });
  const url = `http://127.0.0.1:${server.addr.port}/worker`;
  const loop = startWorkerLoop({ url, secretKey: "k", log: () => {}, idleMs: 3_600_000 });
  await until(() => together === 2);
  await loop.stop();
  await server.shutdown();
});

Deno.test("a worker loop that rests is woken", async () => {
  const worker = fakeWorker(() => Response.json({ processed: 0, more: false }));
  const loop = startWorkerLoop({ url: worker.url, secretKey: "k", log: () => {}, idleMs: 3_600_000 });
  await until(() => worker.calls.length === 1);
  // Again and again: the first may come before it rests.
  await until(() => {
    loop.wake();
    return worker.calls.length > 1;
  });
  await loop.stop();
  await worker.close();
});

Deno.test("the worker loop survives a worker that fails, and says so once", async () => {
  const log: string[] = [];
  const worker = fakeWorker((call) => {
    if (call === 1) return new Response("down", { status: 503 });
    if (call === 2) return new Response("not json");
    return Response.json({ processed: 0, more: false });
  });
  const loop = startWorkerLoop({ url: worker.url, secretKey: "k", log: (line) => void log.push(line), idleMs: 10 });
  await until(() => worker.calls.length >= 4);
  await loop.stop();
  await worker.close();
  deepStrictEqual(log, ["the worker fails: it answered 503", "the worker answers again"]);
  ok(worker.calls.length >= 4);
});
