import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { type Cost, type Figures, formatCapacity, projectCapacity, scale } from "../benchmarks/capacity/model.ts";

const cost = (data: number, index: number, wal: number): Cost => ({ count: 10, data, index, wal, tables: [] });
const request = (what: string, perSecond: number, p95: number) => ({
  what,
  count: 1,
  perSecond,
  p50: 1,
  p95,
  p99: p95,
});

const figures: Figures = {
  cores: 2,
  rows: 1000,
  emptyVendor: cost(1000, 500, 100),
  relationsPerVendor: 200,
  costs: {
    product: cost(2000, 1000, 4000),
    changedProduct: cost(2000, 500, 6000),
    customer: cost(400, 600, 2000),
    profile: cost(1000, 100, 3000),
    matches: cost(20_000, 5000, 30_000),
  },
  rowsPerSecond: { products: 4000, customers: 8000 },
  requests: { search: request("search", 100, 50), list: request("list", 200, 40), match: request("match", 30, 150) },
};

Deno.test("capacity: what was measured is multiplied up to the whole", () => {
  const whole = { ...scale, vendors: 2, products: 1000, customers: 10_000, requestsPerMinute: 600 };
  const capacity = projectCapacity(figures, whole);
  deepStrictEqual(capacity.parts.map(({ count }) => count), [2000, 20_000, 20_000, 2000, 2]);
  strictEqual(capacity.data, 2000 * 2000 + 20_000 * 400 + 20_000 * 1000 + 2000 * 20_000 + 2 * 1000);
  strictEqual(capacity.disk, capacity.data + capacity.index);
  strictEqual(capacity.memory, capacity.index + capacity.data / 10);
  strictEqual(capacity.walToLoad, 2000 * 4000 + 20_000 * (2000 + 3000));
  strictEqual(capacity.walDaily, 200 * 6000);
  strictEqual(capacity.requestsPerSecond, 20);
  strictEqual(capacity.cores, 1, "20 a second of 35 a core at 70 %");
  strictEqual(capacity.connections, 2, "20 a second that take 50 ms are one, at 70 % two");
  strictEqual(capacity.relations, 400);
  strictEqual(capacity.filesPerWindow, 5.4);
  ok(formatCapacity(figures, capacity, whole).includes("2 vendors with 1,000 products and 10,000 customers each"));
});
