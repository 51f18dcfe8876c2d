/** The worker dies between a request and its record: the event is sent again, with the same id. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, connect, createPerson, stack } from "../end_to_end/people.ts";
import { startReceiver } from "../end_to_end/webhooks_receiver.ts";

/** Processes of this stack's worker function. */
function workerProcesses(): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      const environment = Deno.readTextFileSync(`/proc/${name}/environ`);
      if (command.includes("functions/worker/index.ts") && environment.includes(stack.url)) found.push(Number(name));
    } catch {
      // Gone, or another user's.
    }
  }
  return found;
}

Deno.test({
  name: "webhooks: a worker killed after a request and before its record sends the event again, with the same id",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const api = await apiClient();
    const sql = connect();
    const receiver = startReceiver();
    try {
      const { token, vendorId } = await createPerson("kim", { role: "vendor_admin", vendor: "hooks-killed" });
      let kills = 0;
      receiver.answer("/killed", () => {
        if (kills === 0) {
          for (const pid of workerProcesses()) {
            Deno.kill(pid, "SIGKILL");
            kills++;
          }
        }
        return new Response();
      });
      const made = await api.ask("POST", "/v1/webhooks", {
        token,
        body: { url: `${receiver.url}/killed`, events: ["job.completed"] },
      });
      const [event] = await sql`select app.emit_event(${vendorId}, 'job.completed', '{"job_id": "k"}') as id`;
      await receiver.wait("/killed", 1);
      ok(kills > 0);
      const [leased] = await sql`
        update app.webhook_leases as l set leased_until = now() from public.webhook_deliveries as d
        where d.endpoint_id = ${made.body.id} and l.delivery_id = d.id returning d.status, d.attempt`;
      deepStrictEqual({ ...leased }, { status: "pending", attempt: 0 }, "nothing was recorded");
      // The server may yet end a claim that the dead worker had begun: its lease is cut short as well.
      for (let tries = 0; tries < 40 && receiver.at("/killed").length < 2; tries++) {
        await new Promise((done) => setTimeout(done, 250));
        await sql`update app.webhook_leases set leased_until = now()
          where endpoint_id = ${made.body.id} and leased_until < now() + interval '59 seconds'`;
      }
      const both = await receiver.wait("/killed", 2, 10_000);
      deepStrictEqual(both.map(({ eventId }) => eventId), [event!.id, event!.id]);
      for (let tries = 0; tries < 200; tries++) {
        const [row] = await sql`select status from public.webhook_deliveries where endpoint_id = ${made.body.id}`;
        if (row!.status === "delivered") break;
        await new Promise((done) => setTimeout(done, 25));
      }
      const [row] =
        await sql`select status, attempts_total from public.webhook_deliveries where endpoint_id = ${made.body.id}`;
      deepStrictEqual({ ...row }, { status: "delivered", attempts_total: 1 });
      strictEqual(receiver.at("/killed").length, 2);
    } finally {
      await sql.end();
      await receiver.stop();
    }
  },
});
