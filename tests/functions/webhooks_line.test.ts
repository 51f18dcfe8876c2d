/** Who is sent next: endpoints take turns, none has more under way than it may, and nothing is sent too late. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { Delivery } from "../../functions/worker/webhooks/deliver.ts";
import { briskEndpoints } from "../../functions/worker/webhooks/brisk_endpoints.ts";
import { Line } from "../../functions/worker/webhooks/line.ts";

const ready = (endpoint: string, name: string, { limit = 2, sendBy = 100 } = {}) => ({
  delivery: { id: name, endpoint_id: endpoint, endpoint_concurrency: limit } as Delivery,
  endpoint: { url: "https://example.com", secrets: [] },
  sendBy,
});

/** The names of all that can be sent now. */
function sendAll(line: Line, now = 0): string[] {
  const names: string[] = [];
  for (let next = line.next(now); next; next = line.next(now)) names.push(next.delivery.id);
  return names;
}

Deno.test("webhooks line: endpoints take turns, and one that has all it may under way holds up nobody", () => {
  const line = new Line();
  for (const name of ["a1", "a2", "a3", "b1", "c1", "c2"]) line.push(ready(name[0]!, name));
  deepStrictEqual(sendAll(line), ["a1", "b1", "c1", "a2", "c2"]);
  strictEqual(line.length, 1);
  line.ended(ready("b", "b1").delivery);
  deepStrictEqual(sendAll(line), [], "the room of another is none");
  line.ended(ready("a", "a1").delivery);
  deepStrictEqual(sendAll(line), ["a3"]);
});

Deno.test("webhooks line: what could outlive its lease is not sent", () => {
  const line = new Line();
  line.push(ready("a", "late", { sendBy: 9 }));
  line.push(ready("a", "in time", { sendBy: 10 }));
  line.push(ready("b", "late too", { sendBy: 5 }));
  deepStrictEqual(sendAll(line, 10), ["in time"]);
  strictEqual(line.length, 0);
});

Deno.test("webhooks line: whatever comes and ends, all is sent once, in order for each endpoint and within its limit", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(fc.constantFrom("push a", "push b", "push c"), fc.constantFrom("send", "end")), {
      maxLength: 200,
    }),
    fc.integer({ min: 1, max: 3 }),
    (steps, limit) => {
      const line = new Line();
      const pushed: string[] = [];
      const sent: string[] = [];
      const underWay: Delivery[] = [];
      const send = () => {
        const next = line.next(0);
        if (!next) return false;
        sent.push(next.delivery.id);
        underWay.push(next.delivery);
        const same = underWay.filter(({ endpoint_id }) => endpoint_id === next.delivery.endpoint_id);
        ok(same.length <= limit);
        return true;
      };
      const end = () => {
        const delivery = underWay.shift();
        if (delivery) line.ended(delivery);
        return delivery !== undefined;
      };
      for (const step of steps) {
        if (step === "send") send();
        else if (step === "end") end();
        else {
          const endpoint = step.at(-1)!;
          pushed.push(`${endpoint}${pushed.length}`);
          line.push(ready(endpoint, pushed.at(-1)!, { limit }));
        }
        strictEqual(line.length, pushed.length - sent.length);
        const waiting = [..."abc"].map((endpoint) => {
          const of = (names: string[]) => names.filter((name) => name.startsWith(endpoint)).length;
          const busy = underWay.filter(({ endpoint_id }) => endpoint_id === endpoint).length;
          return Math.min(of(pushed) - of(sent), limit - busy);
        });
        strictEqual(line.sendable, waiting.reduce((sum, count) => sum + count));
      }
      while (send() || end());
      for (const endpoint of "abc") {
        const of = (names: string[]) => names.filter((name) => name.startsWith(endpoint));
        deepStrictEqual(of(sent), of(pushed));
      }
    },
  ));
});

Deno.test("webhooks line: deliveries are claimed ahead only for endpoints that answer well and within a second", () => {
  const result = (endpoint_id: string, duration_ms: number, error: string | null = null) => ({
    endpoint_id,
    duration_ms,
    error,
  });
  deepStrictEqual(
    briskEndpoints([
      result("quick", 5),
      result("slow", 1000),
      result("failing", 5, "HTTP 500"),
      result("now and then", 5),
      result("now and then", 5000),
      result("quick", 999),
    ]),
    ["quick"],
  );
  deepStrictEqual(briskEndpoints([]), []);
});
