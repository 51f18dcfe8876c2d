/** The database is stopped and started while ids are asked for: no id is answered that is not recorded. */
import { ok, strictEqual } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { createIdentity } from "../../scripts/local/identities.ts";
import { liftRateLimits } from "../../scripts/local/lift_rate_limits.ts";
import { startPostgres } from "../../scripts/local/postgres.ts";
import { startStack } from "../../scripts/local/stack.ts";

const clients = 8;

/** The machine does not lose power, so nothing needs flushing: what a killed server committed is still there. */
const settings = { fsync: "off", full_page_writes: "off" };

Deno.test("super ids: a database that stops and starts under load costs answers, never a record", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "odyssey-super-ids-" });
  await Deno.chmod(dataDir, 0o755);
  const stack = await startStack({
    dataDir,
    port: 0,
    dbPort: 0,
    functions: ["super_ids"],
    workerLoop: false,
    postgresSettings: settings,
    secrets: { ODYSSEY_LOG_LEVEL: "silent" },
    log: () => {},
  });
  const dbPort = Number(new URL(stack.dbUrl).port);
  let restarted: { stop(): Promise<void> } | undefined;
  const over = new AbortController();
  try {
    await liftRateLimits(stack.dbUrl);
    const { token } = await createIdentity(
      { SUPABASE_DB_URL: stack.dbUrl, APPWRITE_JWT_SECRET: stack.env.APPWRITE_JWT_SECRET! },
      { userId: "agent", role: "client", permissions: ["super_id:generate"] },
    );
    const ids: string[] = [];
    const statuses = new Map<number, number>();
    let startedAgain = false;
    let answeredAgain = 0;
    const ask = async () => {
      const response = await fetch(`${stack.url}/functions/v1/super_ids`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: '{"count": 20}',
      });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status !== 201) {
        ok(response.headers.get("retry-after"), "a refused request is told when to come back");
        return await response.body?.cancel();
      }
      ids.push(...(await response.json()).super_ids);
      if (startedAgain) answeredAgain++;
    };
    const asking = Array.from({ length: clients }, async () => {
      while (!over.signal.aborted) {
        await ask();
        await delay(5);
      }
    });

    await delay(700);
    const stopper = postgres(stack.superuserUrl, { max: 1, onnotice: () => {} });
    const [server] = await stopper<{ pid: number }[]>`
      select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`;
    await stopper.end({ timeout: 1 });
    Deno.kill(server!.pid, "SIGQUIT");
    await delay(1000);
    restarted = await startPostgres({ dataDir, port: dbPort, settings });
    startedAgain = true;
    for (const giveUpAt = Date.now() + 15_000; answeredAgain < 20 && Date.now() < giveUpAt;) await delay(50);
    over.abort();
    await Promise.all(asking);

    ok(answeredAgain >= 20, "ids are handed out again");
    ok((statuses.get(503) ?? 0) > 0, "while the database was away requests were refused");
    strictEqual([...statuses.keys()].filter((status) => status !== 201 && status !== 503).join(), "");
    const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => {} });
    const [lost] = await sql`
      select count(*)::int as n from unnest(${ids}::uuid[]) as told (super_id)
      where not exists (select from public.generated_super_ids as g where g.super_id = told.super_id)`;
    await sql.end();
    strictEqual(lost!.n, 0);
    strictEqual(new Set(ids).size, ids.length);
  } finally {
    over.abort();
    await stack.stop();
    await restarted?.stop().catch(() => {});
    await Deno.remove(dataDir, { recursive: true }).catch(() => {});
  }
});
