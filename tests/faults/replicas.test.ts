/** Reads go to a real streaming standby: fresh enough, never behind the caller's own writes, and without it when it fails. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { closeDatabase } from "../../functions/_shared/database.ts";
import { createReplica, useReplica } from "../../functions/_shared/replica.ts";
import { settingsFrom } from "../../functions/_shared/settings.ts";
import { createApi } from "../../functions/api/app.ts";
import { prepareAppwrite } from "../../scripts/local/appwrite/database.ts";
import { createIdentity } from "../../scripts/local/identities.ts";
import { liftRateLimits } from "../../scripts/local/lift_rate_limits.ts";
import { applyMigrations } from "../../scripts/local/migrate.ts";
import { installPlatform } from "../../scripts/local/platform.ts";
import { loadPasswords, startPostgres } from "../../scripts/local/postgres.ts";
import { environment, keepingLogger } from "../functions/testing.ts";
import { startStandby } from "./standby.ts";

const serverSettings = { fsync: "off", full_page_writes: "off", shared_buffers: "64MB", jit: "off" };

Deno.test({
  name: "replicas: a standby answers reads, and the primary what it cannot",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async (t) => {
    const folder = await Deno.makeTempDir({ prefix: "odyssey-replicas-" });
    await Deno.chmod(folder, 0o755);
    const primaryDir = join(folder, "primary");
    const primary = await startPostgres({ dataDir: primaryDir, port: 0, settings: serverSettings });
    await installPlatform(primary.superuserUrl, await loadPasswords(primaryDir));
    await Promise.all([applyMigrations(primary.url), prepareAppwrite(primary.url)]);
    await liftRateLimits(primary.url);
    const secret = "a key for these tests alone, long enough";
    const identities = { SUPABASE_DB_URL: primary.url, APPWRITE_JWT_SECRET: secret };
    const member = (userId: string, vendor: string) =>
      createIdentity(identities, { userId, role: "vendor_admin", vendor }).then(({ token }) => token);
    const writer = await member("writer", "acme");
    const reader = await member("reader", "acme");
    const stranger = await member("stranger", "bolt");

    const standby = await startStandby({
      primary,
      primaryDir,
      dataDir: join(folder, "standby"),
      settings: serverSettings,
    });
    const env = {
      ...environment,
      SUPABASE_DB_URL: primary.url,
      APPWRITE_JWT_SECRET: secret,
      ODYSSEY_APPWRITE_VERIFIER: "local",
      ODYSSEY_DB_REPLICA_URL: standby.server.url,
      ODYSSEY_DB_REPLICA_TIMEOUT_MS: "1000",
    };
    for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
    const logger = keepingLogger();
    const openMs = 100;
    const replica = createReplica(settingsFrom(env), { logger, openMs });
    useReplica(replica);
    const api = createApi();
    const ask = async (token: string, path: string, init: RequestInit = {}) => {
      const response = await api.fetch(
        new Request(`http://host/api/v1${path}`, {
          ...init,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...init.headers },
        }),
      );
      const { headers } = response;
      const body = await response.json();
      return {
        status: response.status,
        source: headers.get("x-data-source"),
        lagMs: Number(headers.get("x-replica-lag-ms")),
        meta: body.meta,
        names: (body.data ?? []).map(({ name }: { name: string }) => name),
        body,
      };
    };
    const put = async (name: string) => {
      const items = [{ external_id: name, name }];
      strictEqual((await ask(writer, "/products", { method: "POST", body: JSON.stringify({ items }) })).status, 200);
    };
    const untilFrom = async (source: string) => {
      for (const giveUpAt = Date.now() + 10_000; Date.now() < giveUpAt;) {
        const answer = await ask(reader, "/products");
        strictEqual(answer.status, 200);
        if (answer.source === source) return answer;
        await new Promise((done) => setTimeout(done, 20));
      }
      throw new Error(`no answer from the ${source}`);
    };

    try {
      await put("oat drink");
      await standby.caughtUp();

      await t.step("lists, search and reports come from the standby and say so", async () => {
        const list = await ask(reader, "/products");
        deepStrictEqual([list.status, list.source, list.names], [200, "replica", ["oat drink"]]);
        deepStrictEqual([list.meta.source, list.meta.lag_ms], ["replica", list.lagMs]);
        ok(Date.parse(list.meta.as_of) > Date.now() - 60_000);
        const query: Record<string, string> = { "/v1/search/products": "?q=oat" };
        const paths = api.routes.filter((route) => route.replica).map(({ path }) => path);
        ok(paths.length >= 5, paths.join());
        for (const path of paths) {
          const { status, source, meta } = await ask(reader, path.replace("/v1", "") + (query[path] ?? ""));
          deepStrictEqual([path, status, source, meta.source], [path, 200, "replica", "replica"]);
        }
        deepStrictEqual((await ask(stranger, "/products")).names, [], "another vendor's rows stay theirs");
        strictEqual((await ask(reader, "/products?cursor=forged")).status, 400);
        strictEqual((await ask(reader, "/products")).source, "replica", "a caller's fault is not the standby's");
        deepStrictEqual(logger.errors, []);
      });

      await t.step("replay paused: who wrote reads the primary, others an honestly older state", async () => {
        await standby.sql`select pg_wal_replay_pause()`;
        await put("rye bread");
        const own = await ask(writer, "/search/products?q=rye");
        deepStrictEqual([own.source, own.names, own.lagMs, own.meta.source], ["primary", ["rye bread"], 0, "primary"]);
        const other = await ask(reader, "/search/products?q=rye");
        deepStrictEqual([other.source, other.names], ["replica", []]);
        ok(other.lagMs > 0);
        ok(Date.parse(other.meta.as_of) < Date.parse(own.meta.as_of));
        const strong = await ask(reader, "/search/products?q=rye", { headers: { "X-Consistency": "strong" } });
        deepStrictEqual([strong.source, strong.names], ["primary", ["rye bread"]]);
        const odd = await ask(reader, "/products", { headers: { "X-Consistency": "linear" } });
        deepStrictEqual([odd.status, odd.body.errors[0].pointer], [400, "/X-Consistency"]);
      });

      await t.step("beyond the bound the primary answers, until the standby has caught up", async () => {
        const strict = createReplica(settingsFrom({ ...env, ODYSSEY_DB_REPLICA_MAX_LAG_MS: "0" }), { logger, openMs });
        useReplica(strict);
        const late = await ask(reader, "/products");
        deepStrictEqual([late.source, late.names.length], ["primary", 2]);
        strictEqual(logger.errors.length, 1, "one line for the log");
        await standby.sql`select pg_wal_replay_resume()`;
        await standby.caughtUp();
        deepStrictEqual((await untilFrom("replica")).names.length, 2);
        await strict.close();
        useReplica(replica);
        await standby.caughtUp();
        deepStrictEqual((await ask(writer, "/products")).source, "replica", "own writes are there by now");
      });

      await t.step("killed: not one read fails; started again it answers again", async () => {
        logger.errors.length = 0;
        strictEqual((await ask(reader, "/products")).source, "replica");
        const reads = Array.from({ length: 30 }, () => ask(reader, "/products"));
        standby.kill();
        deepStrictEqual([...new Set((await Promise.all(reads)).map(({ status }) => status))], [200]);
        const after = await untilFrom("primary");
        strictEqual(after.names.length, 2);
        ok(logger.errors.length >= 1);
        await standby.start();
        await put("spelt");
        await standby.caughtUp();
        strictEqual((await untilFrom("replica")).names.length, 3);
      });

      await t.step("hanging: one read waits for the time-out, the next ones do not", async () => {
        const { go } = standby.hang();
        try {
          const first = performance.now();
          strictEqual((await ask(reader, "/products")).source, "primary");
          ok(performance.now() - first < 3000);
          const times: number[] = [];
          for (let n = 0; n < 5; n++) {
            const started = performance.now();
            strictEqual((await ask(reader, "/products")).source, "primary");
            times.push(performance.now() - started);
          }
          ok(Math.min(...times) < 300, times.join());
        } finally {
          go();
        }
        strictEqual((await untilFrom("replica")).names.length, 3);
      });
    } finally {
      useReplica(undefined);
      await replica.close();
      await closeDatabase();
      await standby.stop();
      await primary.stop();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
