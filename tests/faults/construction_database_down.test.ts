/** The construction service while a real Postgres is stopped and started again. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import postgres from "postgres";
import { useVerifier } from "../../functions/_shared/auth/authenticate.ts";
import { openDatabase, useDatabase } from "../../functions/_shared/database.ts";
import { settingsFrom } from "../../functions/_shared/settings.ts";
import { createConstruction } from "../../functions/construction/app.ts";
import { createLookups } from "../../functions/construction/lookups/lookups.ts";
import { microServiceSource } from "../../functions/construction/lookups/micro_service_source.ts";
import { createTelemetry } from "../../functions/construction/lookups/telemetry.ts";
import { applyMigrations } from "../../scripts/local/migrate.ts";
import { installPlatform } from "../../scripts/local/platform.ts";
import { loadPasswords, startPostgres } from "../../scripts/local/postgres.ts";
import { environment, setEnvironment, writeToken } from "../functions/testing.ts";

setEnvironment();
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const token = writeToken({ typ: "JWT", alg: "HS256" }, {});

Deno.test({
  name: "construction: the database away at start, back, and gone again; questions come throughout",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async (t) => {
    const dataDir = await Deno.makeTempDir({ prefix: "odyssey-down-" });
    await Deno.chmod(dataDir, 0o755);
    const settings = { fsync: "off", full_page_writes: "off", shared_buffers: "64MB" };
    let server = await startPostgres({ dataDir, port: 0, settings });
    const { port } = server;
    await installPlatform(server.superuserUrl, await loadPasswords(dataDir));
    await applyMigrations(server.url);
    await server.stop();

    const sql = openDatabase(settingsFrom({ ...environment, SUPABASE_DB_URL: server.url }));
    useDatabase(sql);
    useVerifier(() => Promise.resolve({ subject: "nemo", source: "appwrite", expiresAt: Infinity, permissions: [] }));
    const telemetry = createTelemetry({
      waitMs: 50,
      write: async (events) => {
        await sql`select app.record_analytics_events(events => ${JSON.stringify(events)}::text::jsonb)`;
      },
    });
    const stand = () =>
      createLookups({
        source: microServiceSource(),
        telemetry,
        patience: { openMs: 300, waitMs: 10, longestWaitMs: 50 },
      });
    let lookups = stand();
    let service = createConstruction({ lookups, telemetry });
    const ask = async (path: string, body?: unknown) => {
      const response = await service.fetch(
        new Request(`http://host/construction${path}`, {
          method: body ? "POST" : "GET",
          headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
      return { status: response.status, body: await response.json() };
    };
    const questions = "/questions?categories=painting,interior,wall-painting";

    try {
      await t.step("away at start: nothing is warmed, questions come by slug", async () => {
        strictEqual(await lookups.warm(), 0);
        const { status, body } = await ask(questions);
        deepStrictEqual([status, body.microId, body.microUuid, body.fallback], [200, "wall-painting", null, true]);
        ok(body.questions.length > 8);
      });

      await t.step("still away: the circuit opens and the fallback answers at once", async () => {
        while (lookups.state().circuit !== "open") await lookups.lookup("paving");
        const times: number[] = [];
        for (let n = 0; n < 200; n++) {
          const started = performance.now();
          strictEqual((await lookups.lookup("paving")).microUuid, null);
          times.push(performance.now() - started);
        }
        const p95 = times.sort((a, b) => a - b)[190]!;
        console.log(`fallback behind an open circuit: p95 ${p95.toFixed(3)} ms`);
        ok(p95 < 5, `p95 ${p95} ms`);
        const { body } = await ask("/lookups", { slugs: ["paving", "decking"] });
        deepStrictEqual(body.data.map(({ reason }: { reason: string }) => reason), ["circuit_open", "circuit_open"]);
      });

      await t.step("still away: services are listed from the built-in list, jobs are 503", async () => {
        const { body } = await ask("/micro-services?category=painting");
        deepStrictEqual([body.data.length, body.data[0].id], [8, null]);
        strictEqual((await ask("/jobs", { microId: "paving" })).status, 503);
      });

      await t.step("back: one lookup is let through, the circuit closes", async () => {
        server = await startPostgres({ dataDir, port, settings });
        let last: string | null = null;
        for (const giveUpAt = Date.now() + 10_000; last === null && Date.now() < giveUpAt;) {
          await pause(100);
          last = (await lookups.lookup("wall-painting")).microUuid;
        }
        ok(last, "found again");
        strictEqual(lookups.state().circuit, "closed");
        strictEqual((await lookups.lookup("wall-painting")).source, "cache");
        await telemetry.flush();
        const admin = postgres(server.url, { max: 1, onnotice: () => {} });
        const [events] = await admin`
          select count(*) filter (where event_properties ->> 'error' = 'circuit_open')::int as open,
            array_agg(event_properties ->> 'state' order by created_at, id)
              filter (where event_name = 'uuid_lookup_circuit') as states
          from public.analytics_events`;
        await admin.end();
        ok(events!.open >= 200, "what happened meanwhile is written afterwards");
        deepStrictEqual([events!.states[0], events!.states.at(-1)], ["open", "closed"]);
      });

      await t.step("gone while running: questions come by slug, lookups answer what is remembered", async () => {
        lookups = stand();
        service = createConstruction({ lookups, telemetry });
        await lookups.lookup("wall-painting");
        await server.stop();
        for (const path of [questions, "/questions?categories=landscaping,hardscape,paving"]) {
          const { status, body } = await ask(path);
          deepStrictEqual([status, body.microUuid, body.fallback], [200, null, true], path);
        }
        const { body } = await ask("/lookups", { slugs: ["wall-painting", "paving"] });
        deepStrictEqual(body.data.map(({ fallback }: { fallback: boolean }) => fallback), [false, true]);
        while (lookups.state().circuit !== "open") await lookups.lookup("decking");
      });

      await t.step("and back once more", async () => {
        server = await startPostgres({ dataDir, port, settings });
        let body = { fallback: true };
        // Who calls is asked of the database again after 5 s.
        for (const giveUpAt = Date.now() + 10_000; body.fallback && Date.now() < giveUpAt; await pause(100)) {
          body = (await ask("/questions?categories=paving")).body;
        }
        strictEqual(body.fallback, false);
        strictEqual(lookups.state().circuit, "closed");
      });
    } finally {
      useVerifier(undefined);
      useDatabase(undefined);
      await sql.end({ timeout: 1 });
      await server.stop().catch(() => {});
      await Deno.remove(dataDir, { recursive: true });
    }
  },
});
