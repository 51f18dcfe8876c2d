/** The worker is killed while a source answers a page; the sync goes on at that page and ends as if nothing had been. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { productsOf, put, startSource, startSync } from "../end_to_end/connector_source.ts";
import { followJob } from "../end_to_end/ingest_client.ts";
import { connect, createPerson } from "../end_to_end/people.ts";
import { endLeases, workerProcesses } from "./ingest_end_state.ts";

const pages = 6;
const size = 20;

Deno.test({
  name: "connectors: a worker killed between pages loses no page and merges none twice",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const source = startSource();
    const sql = connect();
    let toKill = [3, 5];
    const started: Record<string, PromiseWithResolvers<string>> = {
      calm: Promise.withResolvers(),
      struck: Promise.withResolvers(),
    };
    const answer = (kills: boolean) => async ({ url }: { url: URL }) => {
      const page = Number(url.searchParams.get("page"));
      if (kills && toKill.includes(page)) {
        toKill = toKill.filter((other) => other !== page);
        for (const pid of workerProcesses()) Deno.kill(pid, "SIGKILL");
        await endLeases(sql, await started.struck!.promise);
      }
      const items = Array.from({ length: page > pages ? 0 : size }, (_, i) => ({
        sku: `s-${(page * size + i) % 150}`,
        name: i === 5 ? null : `Item ${page} ${i}`,
        price: page + i / 100,
      }));
      return Response.json({ items });
    };
    try {
      source.answer("/calm", answer(false));
      source.answer("/struck", answer(true));
      const run = async (name: string) => {
        const person = await createPerson(`kill-${name}`, { role: "vendor_admin", vendor: `kill-${name}` });
        const config = { record_path: "items", paging: { type: "page", param: "page" }, rate_limit_rpm: 6000 };
        await put(person, "items", { base_url: `${source.url}/${name}`, ...config });
        const { body } = await startSync(person, "items");
        started[name]!.resolve(body.id);
        return { person, job: await followJob(person, body.id) };
      };
      const calm = await run("calm");
      const struck = await run("struck");
      deepStrictEqual(toKill, [], "the worker was killed");
      deepStrictEqual([struck.job.status, struck.job.error], ["completed", null]);
      deepStrictEqual(struck.job.totals, calm.job.totals);
      deepStrictEqual(await productsOf(sql, struck.person), await productsOf(sql, calm.person));
      const [raw] = await sql`
        select count(*)::int as stored, count(distinct page_id)::int as pages from public.stg_vendor_raw
        where vendor_id = ${struck.person.vendorId}`;
      deepStrictEqual({ ...raw }, { stored: pages + 1, pages: pages + 1 });
      const asked = source.at("/struck").map(({ url }) => Number(url.searchParams.get("page")));
      ok(asked.filter((page) => page === 3).length >= 2 && asked.filter((page) => page === 1).length === 1, `${asked}`);
      strictEqual(struck.job.totals.rows_read, pages * size);
    } finally {
      await source.stop();
      await sql.end();
    }
  },
});
