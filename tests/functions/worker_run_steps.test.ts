import { strictEqual } from "node:assert";
import { runSteps } from "../../functions/worker/run_steps.ts";

function queueOf(steps: number) {
  const queue = { calls: 0, next: () => Promise.resolve(queue.calls++ < steps ? 1 : 0) };
  return queue;
}

Deno.test("a woken worker goes on until nothing waits", async () => {
  const queue = queueOf(7);
  await runSteps(queue.next, 3_600_000);
  strictEqual(queue.calls, 8);
});

Deno.test("it begins no step when its time is over, but takes one in any case", async () => {
  const queue = queueOf(7);
  await runSteps(queue.next, 0);
  strictEqual(queue.calls, 1);
});

Deno.test("a step that throws ends it", async () => {
  let calls = 0;
  const failing = () => (calls++, Promise.reject(new Error("no database")));
  strictEqual(await runSteps(failing, 3_600_000).catch((error: Error) => error.message), "no database");
  strictEqual(calls, 1);
});
