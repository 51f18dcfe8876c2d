/** The metrics as text, read back by a parser of Prometheus' format. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { parse } from "../prometheus.ts";
import { gaugeFamilies } from "../../functions/_shared/metrics/families.ts";
import { writeExposition } from "../../functions/_shared/metrics/exposition.ts";

const row = { service: "api", route: "/api/v1/x", method: "GET" };
const buckets = (...counts: [number, number][]) => Object.assign(new Array(14).fill(0), Object.fromEntries(counts));

Deno.test("metrics text: counters by status, one histogram a route, cumulative up to +Inf", () => {
  const text = writeExposition({
    requests: [
      { ...row, status: 200, count: 5, sum_ms: 1500, buckets: buckets([0, 2], [8, 3]) },
      { ...row, status: 429, count: 2, sum_ms: 500, buckets: buckets([0, 1], [13, 1]) },
    ],
    gauges: [],
  });
  const families = Object.fromEntries(parse(text).map((family) => [family.name, family]));
  deepStrictEqual(Object.keys(families), [
    "odyssey_http_requests_total",
    "odyssey_rate_limit_refusals_total",
    "odyssey_http_request_duration_seconds",
  ]);
  deepStrictEqual(families.odyssey_http_requests_total, {
    name: "odyssey_http_requests_total",
    help: "Requests answered.",
    type: "COUNTER",
    metrics: [
      { value: "5", labels: { service: "api", method: "GET", route: "/api/v1/x", status: "200" } },
      { value: "2", labels: { service: "api", method: "GET", route: "/api/v1/x", status: "429" } },
    ],
  });
  strictEqual(families.odyssey_rate_limit_refusals_total?.metrics[0]?.value, "2");
  strictEqual(families.odyssey_http_request_duration_seconds?.type, "HISTOGRAM");
  // The parser drops the labels of a histogram, so its lines are read once more as plain samples.
  const plain = parse(text.replace(/^# TYPE \S+ histogram$/gm, ""));
  const samples = (suffix: string) =>
    plain.find(({ name }) => name === `odyssey_http_request_duration_seconds${suffix}`)?.metrics ?? [];
  const labels = { service: "api", method: "GET", route: "/api/v1/x" };
  deepStrictEqual(samples("_count"), [{ value: "7", labels }]);
  deepStrictEqual(samples("_sum"), [{ value: "2", labels }]);
  deepStrictEqual(
    samples("_bucket").map(({ value, labels }) => `${labels?.le} ${value}`),
    ["0.005 3", "0.01 3", "0.025 3", "0.05 3", "0.1 3", "0.15 3", "0.2 3", "0.3 3", "0.5 6", "1 6", "2.5 6", "5 6"]
      .concat("10 6", "+Inf 7"),
  );
});

Deno.test("metrics text: whatever stands in a label comes back as it was; a family without samples is left out", () => {
  const queue = 'a "quoted" \\ back\nslash {}, =';
  const text = writeExposition({
    requests: [],
    gauges: [{ name: "odyssey_queue_depth", labels: { queue }, value: 0.5 }],
  });
  ok(text.endsWith("\n"));
  deepStrictEqual(parse(text).map(({ name, metrics }) => [name, metrics]), [
    ["odyssey_queue_depth", [{ value: "0.5", labels: { queue } }]],
  ]);
});

Deno.test("metrics text: no name is used twice, each says what it is", () => {
  const names = gaugeFamilies.map(({ name }) => name);
  strictEqual(new Set(names).size, names.length);
  ok(gaugeFamilies.every(({ name, help }) => /^odyssey_[a-z_]+$/.test(name) && /^[A-Z].*\.$/.test(help)));
});
