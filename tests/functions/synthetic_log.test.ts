import { deepStrictEqual, match, ok } from "node:assert";
import type { Chunk } from "../../functions/_shared/synthetic/generate_chunk.ts";
import type { GenerationRun } from "../../functions/_shared/synthetic/generation_run.ts";
import { describeChunk, lineOf } from "../../functions/_shared/synthetic/log_run.ts";

const run = { id: "run-1", super_id: "super-1", next_user: 200 } as GenerationRun;

Deno.test("a chunk's line tells what was made, what it took, and whose run it was; nobody's name, address or password", () => {
  const chunk: Chunk = {
    run: null,
    credentials: [{ user_id: "user-1", role: "patient", email: "ada@example.com", password: "correct-horse" }],
    failures: [3, 4].map((index) => ({ index, role: "patient", code: "weak_password", detail: "no" })),
    tries: { retries: 2, duplicates: 3, compensations: 1 },
  };
  const { time, ...line } = lineOf("worker", "generation.chunk", run, 12.4, describeChunk(chunk));
  match(String(time), /^\d{4}-\d\d-\d\dT/);
  deepStrictEqual(line, {
    level: "info",
    service: "worker",
    event: "generation.chunk",
    run_id: "run-1",
    super_id: "super-1",
    from: 200,
    latency_ms: 12,
    users: 1,
    failed: 2,
    retries: 2,
    duplicates: 3,
    compensations: 1,
    failure_codes: ["weak_password"],
  });
  ok(!/ada|correct-horse|user-1/.test(JSON.stringify(line)));
});

Deno.test("a chunk that broke off is a line of level error", () => {
  const line = lineOf("api", "generation.chunk", run, 1, describeChunk({ error: new Error("it broke") }));
  deepStrictEqual([line.level, line.super_id], ["error", "super-1"]);
});
