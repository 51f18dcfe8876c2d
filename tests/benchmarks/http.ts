/** What a request costs beside what Postgres alone costs: a bare statement, a small answer, a search. */
import postgres from "postgres";
import { type Benchmark, measure } from "../../scripts/bench/benchmark.ts";

const words = ["rice", "milk", "green", "leaves", "raw", "fish", "dal", "seed"];

export const benchmark: Benchmark = {
  description: "`select 1`, GET /v1/me and GET /v1/search/products through the whole stack",
  async run({ api, dbUrl, token, seconds, clients }) {
    const sql = postgres(dbUrl, { max: clients });
    const get = async (path: string) => {
      const response = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const text = await response.text();
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
    };
    const load = { seconds, clients };
    try {
      return [
        await measure("select 1", load, async () => void await sql`select 1`),
        await measure("GET /v1/me", load, () => get("/me")),
        await measure(
          "GET /v1/search/products",
          load,
          (index) => get(`/search/products?q=${words[index % words.length]}&limit=20`),
        ),
        await measure("GET /v1/products", load, () => get("/products?limit=20")),
      ];
    } finally {
      await sql.end();
    }
  },
};
