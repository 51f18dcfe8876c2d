/** Storage that breaks downloads off: the load goes on where it stood, and no row is lost or read twice. */
import { ok, strictEqual } from "node:assert";
import { createJob, followJob, upload } from "../end_to_end/ingest_client.ts";
import { connect, createPerson, stack } from "../end_to_end/people.ts";
import { assertSameEndState, calmRun, disturbedFile, workerProcesses } from "./ingest_end_state.ts";

Deno.test({
  name: "ingest: downloads that break off are tried again; a file replaced meanwhile ends the job",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const sql = connect();
    const bytes = disturbedFile(20_000);
    const calm = await calmRun("cut", bytes);
    const proxy = startCuttingProxy(2);
    const workers = workerProcesses();
    try {
      // Only the worker of this test may take the steps.
      for (const pid of workers) Deno.kill(pid, "SIGSTOP");
      const step = await ownWorker(proxy.url);
      const run = async (person: { token: string; vendorId: string }, created: { job_id: string }) => {
        const followed = followJob(person, created.job_id);
        let finished = false;
        followed.finally(() => finished = true);
        while (!finished) {
          await step();
          // A step that failed waits; here it need not.
          await sql`select pgmq.set_vt('ingest', q.msg_id, 0) from pgmq.q_ingest as q
            where q.message ->> 'job_id' = ${created.job_id}`;
        }
        return await followed;
      };
      const person = await createPerson("cut-struck", { role: "vendor_operator", vendor: "cut-struck" });
      const created = await createJob(person);
      await upload(created, bytes);
      const job = await run(person, created);
      strictEqual(proxy.cuts, 2);
      ok(job.attempt >= 1);
      await assertSameEndState(sql, { person, job }, calm);

      const second = await createJob(person);
      await upload(second, bytes);
      proxy.lieAboutVersion = true;
      const replaced = await run(person, second);
      strictEqual(replaced.error?.code, "file_replaced");
    } finally {
      for (const pid of workers) Deno.kill(pid, "SIGCONT");
      Deno.env.set("SUPABASE_URL", stack.url);
      await proxy.stop();
      await sql.end();
    }
  },
});

/** A worker in this process that reaches Storage through the proxy; each call is one step. */
async function ownWorker(url: string): Promise<() => Promise<void>> {
  const key = Deno.env.get("SUPABASE_SECRET_KEY")!;
  Deno.env.set("SUPABASE_URL", url);
  Deno.env.set("SUPABASE_SECRET_KEYS", JSON.stringify({ default: key }));
  Deno.env.set("ODYSSEY_LOG_LEVEL", "silent");
  const { createWorker } = await import("../../functions/worker/app.ts");
  const worker = createWorker();
  return async () => {
    const response = await worker.fetch(
      new Request("http://worker/worker", { method: "POST", headers: { apikey: key } }),
    );
    strictEqual(response.status, 200, await response.text());
  };
}

/** Passes everything on to the stack; the first downloads that are no samples break off half-way. */
function startCuttingProxy(most: number) {
  const state = { url: "", cuts: 0, lieAboutVersion: false, reads: 0, stop: () => server.shutdown() };
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  }, async (request) => {
    const target = new URL(request.url);
    const response = await fetch(stack.url + target.pathname + target.search, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
    });
    const isDownload = request.method === "GET" && target.pathname.includes("/object/sign/");
    if (!isDownload || !response.body) return response;
    const headers = new Headers(response.headers);
    state.reads += 1;
    if (state.lieAboutVersion) headers.set("etag", `"${state.reads}"`);
    const isSample = Number(headers.get("content-length")) < 600_000;
    if (isSample || state.cuts >= most) return new Response(response.body, { status: response.status, headers });
    state.cuts += 1;
    return new Response(cutAfter(response.body, 300_000), { status: response.status, headers });
  });
  state.url = `http://127.0.0.1:${server.addr.port}`;
  return state;
}

function cutAfter(body: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  let passed = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        passed += chunk.length;
        if (passed > most) controller.error(new Error("cut"));
        else controller.enqueue(chunk);
      },
    }),
  );
}
