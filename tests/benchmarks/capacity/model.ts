import type { Measurement } from "../../../scripts/bench/benchmark.ts";

/** What one of something costs, in bytes: on disk (rows with TOAST, indexes) and in the log when it is written. */
export interface Cost {
  count: number;
  data: number;
  index: number;
  wal: number;
  /** Where the bytes are, the largest first. */
  tables: { name: string; data: number; index: number }[];
}

export type Kind = "product" | "changedProduct" | "customer" | "profile" | "matches";

/** What was measured on this machine. */
export interface Figures {
  cores: number;
  rows: number;
  emptyVendor: Cost;
  relationsPerVendor: number;
  costs: Record<Kind, Cost>;
  rowsPerSecond: { products: number; customers: number };
  requests: Record<"search" | "list" | "match", Measurement>;
}

/** The whole that is asked about. */
export const scale = {
  vendors: 50,
  products: 500_000,
  customers: 1_000_000,
  /** Share of customers with a health profile, and with matches in the cache. */
  profiles: 1,
  matches: 0.1,
  /** Share of the products that change in a day. */
  changedDaily: 0.1,
  /** Requests of a vendor per minute: its limit. */
  requestsPerMinute: 600,
  /** Rows of the largest file, and how long it may take, in minutes. */
  fileRows: 2_000_000,
  fileMinutes: 45,
};

export interface Capacity {
  /** Bytes on disk by part. */
  parts: { name: string; count: number; data: number; index: number }[];
  data: number;
  index: number;
  disk: number;
  /** What has to stay in memory for the times measured: every index that reads use, and a tenth of the rows. */
  memory: number;
  relations: number;
  walToLoad: number;
  walDaily: number;
  requestsPerSecond: number;
  /** Cores for all vendors at their limit at once, at seven tenths of what was measured. */
  cores: number;
  /** Connections for these requests, by Little's law, at the p95 of a search. */
  connections: number;
  /** Files of the largest size that one worker's place loads in the time allowed. */
  filesPerWindow: number;
  hoursToLoad: number;
}

/** Share of what a machine can do that is planned with. */
const load = 0.7;

/** Multiplies what was measured up to the whole. */
export function projectCapacity(figures: Figures, whole = scale): Capacity {
  const { costs, requests, rowsPerSecond } = figures;
  const products = whole.vendors * whole.products;
  const customers = whole.vendors * whole.customers;
  const part = (name: string, { data, index }: Cost, count: number) => ({
    name,
    count,
    data: data * count,
    index: index * count,
  });
  const parts = [
    part("products", costs.product, products),
    part("customers", costs.customer, customers),
    part("health profiles", costs.profile, customers * whole.profiles),
    part("cached matches", costs.matches, customers * whole.matches),
    part("empty partitions", figures.emptyVendor, whole.vendors),
  ];
  const sum = (key: "data" | "index") => parts.reduce((total, each) => total + each[key], 0);
  const [data, index] = [sum("data"), sum("index")];
  const requestsPerSecond = whole.vendors * whole.requestsPerMinute / 60;
  const perCore = Math.min(requests.search.perSecond, requests.list.perSecond) / figures.cores;
  return {
    parts,
    data,
    index,
    disk: data + index,
    memory: index + data / 10,
    relations: whole.vendors * figures.relationsPerVendor,
    walToLoad: products * costs.product.wal + customers * (costs.customer.wal + whole.profiles * costs.profile.wal),
    walDaily: products * whole.changedDaily * costs.changedProduct.wal,
    requestsPerSecond,
    cores: Math.ceil(requestsPerSecond / (perCore * load)),
    connections: Math.ceil(requestsPerSecond * requests.search.p95 / 1000 / load),
    filesPerWindow: rowsPerSecond.products * whole.fileMinutes * 60 / whole.fileRows,
    hoursToLoad: (products / rowsPerSecond.products + customers / rowsPerSecond.customers) / 3600,
  };
}

/** Both as tables for people. */
export function formatCapacity(figures: Figures, capacity: Capacity, whole = scale): string {
  const { costs, requests, rowsPerSecond, cores } = figures;
  const names: Record<Kind, string> = {
    product: "product, new",
    changedProduct: "product, changed",
    customer: "customer, new",
    profile: "consent and health profile",
    matches: "matches of a customer, cached",
  };
  const costRows = (Object.keys(names) as Kind[]).map((kind) => {
    const { count, data, index, wal } = costs[kind];
    return [names[kind], String(count), ...[data, index, wal].map((bytes) => bytes.toFixed(0))];
  });
  const { emptyVendor } = figures;
  const tableRows = (["product", "customer", "profile"] as const).flatMap((kind) =>
    costs[kind].tables.slice(0, 6).map((
      { name, data, index },
    ) => [names[kind], name, data.toFixed(0), index.toFixed(0)])
  );
  const partRows = capacity.parts.map(({ name, count, data, index }) => [
    name,
    count.toLocaleString("en"),
    size(data),
    size(index),
    size(data + index),
  ]);
  return [
    `Measured with ${figures.rows.toLocaleString("en")} rows of each kind on ${cores} cores:`,
    table([["bytes for each", "of", "rows", "indexes", "log"], ...costRows, [
      "vendor without rows",
      "1",
      ...[emptyVendor.data, emptyVendor.index, emptyVendor.wal].map((bytes) => bytes.toFixed(0)),
    ]]),
    table([["of these", "in table", "rows", "indexes"], ...tableRows]),
    table([
      ["requests", "per s", "p95 ms"],
      ...Object.values(requests).map(({ what, perSecond, p95 }) => [what, perSecond.toFixed(0), p95.toFixed(1)]),
      ["rows of a product file", rowsPerSecond.products.toFixed(0), ""],
      ["rows of a customer file", rowsPerSecond.customers.toFixed(0), ""],
    ]),
    `${whole.vendors} vendors with ${whole.products.toLocaleString("en")} products and ` +
    `${whole.customers.toLocaleString("en")} customers each:`,
    table([["part", "count", "rows", "indexes", "disk"], ...partRows, [
      "together",
      "",
      size(capacity.data),
      size(capacity.index),
      size(capacity.disk),
    ]]),
    table([
      ["memory for all indexes and a tenth of the rows", size(capacity.memory)],
      ["relations in the catalogue, with indexes", capacity.relations.toLocaleString("en")],
      ["log to load everything", size(capacity.walToLoad)],
      [`log a day, ${whole.changedDaily * 100} % of the products changed`, size(capacity.walDaily)],
      ["requests a second, every vendor at its limit", capacity.requestsPerSecond.toFixed(0)],
      ["cores for these, at 70 %", String(capacity.cores)],
      ["connections busy with these", String(capacity.connections)],
      [
        `files of ${whole.fileRows.toLocaleString("en")} rows in ${whole.fileMinutes} minutes`,
        capacity.filesPerWindow.toFixed(1),
      ],
      ["hours to load everything on this machine", capacity.hoursToLoad.toFixed(1)],
    ]),
  ].join("\n\n");
}

function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2)).join("")
      .trimEnd()
  ).join("\n");
}
