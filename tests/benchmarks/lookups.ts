/** Lookups of construction services against the table of the requirements: hit, miss, open circuit; and over HTTP. */
import postgres from "postgres";
import { type Benchmark, measure } from "../../scripts/bench/benchmark.ts";
import { microServices } from "../../functions/construction/catalogue/micro_services.ts";
import { createLookups, type Lookups } from "../../functions/construction/lookups/lookups.ts";
import { type LookupSource, microServiceSource } from "../../functions/construction/lookups/micro_service_source.ts";

const silent = {
  record: () => {},
  flush: () => Promise.resolve(),
  state: () => ({ waiting: 0, dropped: 0 }),
};
const slugs = microServices.map(({ slug }) => slug);
const slugAt = (index: number) => slugs[index % slugs.length]!;

export const benchmark: Benchmark = {
  description: "lookup of a service: cache hit (< 1 ms), database (10-50 ms), one retry, open circuit (< 1 ms), HTTP",
  async run({ api, dbUrl, token, seconds, clients }) {
    const sql = postgres(dbUrl, { max: clients });
    const source = microServiceSource(() => sql);
    const load = { seconds, clients };
    const found = async (lookups: Lookups, index: number) => {
      const { microUuid } = await lookups.lookup(slugAt(index));
      if (!microUuid) throw new Error(`${slugAt(index)} was not found`);
    };
    try {
      const warm = createLookups({ source, telemetry: silent });
      await warm.warm();
      const broken = createLookups({ source: failing, telemetry: silent, patience: { retries: 0, openMs: 3_600_000 } });
      while (broken.state().circuit !== "open") await broken.lookup("paving");
      return [
        await measure("cache hit", load, (index) => found(warm, index)),
        await measure("miss, from the database", load, (index) => found(cold(source), index)),
        await measure("miss, after one failure", load, (index) => found(cold(failingOnce(source)), index)),
        await measure("all 96 services in one query", load, async () => void await cold(source).lookupMany(slugs)),
        await measure("open circuit, slug only", load, async (index) => {
          await broken.lookup(slugAt(index));
        }),
        await measure("GET /construction/questions", load, async (index) => {
          const url = `${api.replace("/api/v1", "/construction")}/questions?categories=${slugAt(index)}`;
          const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
          const text = await response.text();
          if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
        }),
      ];
    } finally {
      await sql.end();
    }
  },
};

/** Lookups that remember nothing yet. */
function cold(source: LookupSource): Lookups {
  return createLookups({ source, telemetry: silent });
}

const away = () => Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
const failing: LookupSource = { find: away, all: away };

function failingOnce(source: LookupSource): LookupSource {
  let failed = false;
  return {
    all: source.all,
    find: (slugs, signal) => {
      if (failed) return source.find(slugs, signal);
      failed = true;
      return away();
    },
  };
}
