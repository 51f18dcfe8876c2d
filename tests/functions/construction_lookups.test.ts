import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import {
  CircuitOpenError,
  InvalidSlugError,
  isRecoverable,
  LookupTimeoutError,
  LookupUnavailableError,
  MicroServiceNotFoundError,
  toLookupError,
} from "../../functions/construction/lookups/errors.ts";
import type { Patience } from "../../functions/construction/lookups/guard.ts";
import { createLookups } from "../../functions/construction/lookups/lookups.ts";
import type { LookupSource } from "../../functions/construction/lookups/micro_service_source.ts";
import { type AnalyticsEvent, createTelemetry } from "../../functions/construction/lookups/telemetry.ts";
import { setEnvironment } from "./testing.ts";

setEnvironment();

const known = new Map([["wall-painting", "u-wall"], ["paving", "u-paving"], ["decking", "u-decking"]]);
const failure = (code: string) => Object.assign(new Error(code), { code });
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A source that keeps what it was asked; `fail` makes it fail. */
function keepingSource(): LookupSource & { asked: string[][]; fail: unknown; delayMs: number } {
  const source = {
    asked: [] as string[][],
    fail: undefined as unknown,
    delayMs: 0,
    async find(slugs: string[]) {
      source.asked.push(slugs);
      if (source.delayMs) await pause(source.delayMs);
      if (source.fail) throw source.fail;
      return new Map([...known].filter(([slug]) => slugs.includes(slug)));
    },
    all: () => source.fail ? Promise.reject(source.fail) : Promise.resolve(known),
  };
  return source;
}

function stand(patience: Partial<Patience> = {}, cacheMs?: number) {
  const source = keepingSource();
  const events: { name: string; properties: Record<string, unknown> }[] = [];
  const reported: unknown[] = [];
  const lookups = createLookups({
    source,
    telemetry: {
      record: (name, properties) => void events.push({ name, properties }),
      flush: () => Promise.resolve(),
      state: () => ({ waiting: 0, dropped: 0 }),
    },
    patience: { attemptMs: 200, retries: 1, waitMs: 1, longestWaitMs: 2, failures: 2, openMs: 60, ...patience },
    ...(cacheMs === undefined ? {} : { cacheMs }),
    report: (error) => void reported.push(error),
  });
  return { source, events, reported, lookups };
}

Deno.test("lookups: a miss asks the database, a hit does not", async () => {
  const { source, events, lookups } = stand();
  deepStrictEqual(await lookups.lookup("wall-painting"), {
    slug: "wall-painting",
    microUuid: "u-wall",
    source: "database",
  });
  strictEqual((await lookups.lookup("Wall Painting")).source, "cache");
  strictEqual(source.asked.length, 1);
  const { slug, success, cache_hit, fallback_used, lookup_time_ms } = events[1]!.properties;
  deepStrictEqual([slug, success, cache_hit, fallback_used], ["wall-painting", true, true, false]);
  ok(Number(lookup_time_ms) < 50);
});

Deno.test("lookups: warming makes every service a hit", async () => {
  const { source, lookups } = stand();
  strictEqual(await lookups.warm(), 3);
  strictEqual((await lookups.lookup("paving")).source, "cache");
  deepStrictEqual([source.asked.length, lookups.state().cached], [0, 3]);
});

Deno.test("lookups: warming while the database is away resolves to nothing", async () => {
  const { source, lookups } = stand();
  source.fail = failure("ECONNREFUSED");
  strictEqual(await lookups.warm(), 0);
});

Deno.test("lookups: an unknown slug falls back and is not asked for again at once", async () => {
  const { source, lookups } = stand();
  for (const _ of [1, 2]) {
    const { microUuid, source: from, error } = await lookups.lookup("no-such-service");
    deepStrictEqual([microUuid, from], [null, "fallback"]);
    ok(error instanceof MicroServiceNotFoundError);
  }
  strictEqual(source.asked.length, 1);
});

Deno.test("lookups: the cache forgets after its time", async () => {
  const { source, lookups } = stand({}, 20);
  await lookups.lookup("paving");
  await pause(30);
  strictEqual((await lookups.lookup("paving")).source, "database");
  strictEqual(source.asked.length, 2);
});

Deno.test("lookups: a hundred at the same time are one query", async () => {
  const { source, lookups } = stand();
  source.delayMs = 10;
  const all = await Promise.all(Array.from({ length: 100 }, () => lookups.lookup("wall-painting")));
  ok(all.every(({ microUuid }) => microUuid === "u-wall"));
  deepStrictEqual([source.asked.length, lookups.state().pending], [1, 0]);
});

Deno.test("lookups: many slugs are one query for those not known or under way", async () => {
  const { source, lookups } = stand();
  source.delayMs = 10;
  await lookups.lookup("wall-painting");
  const running = lookups.lookup("paving");
  const many = await lookups.lookupMany(["wall-painting", "paving", "decking", "nope", "decking"]);
  await running;
  deepStrictEqual(source.asked, [["wall-painting"], ["paving"], ["decking", "nope"]]);
  deepStrictEqual(many.map(({ slug, source }) => `${slug} ${source}`), [
    "wall-painting cache",
    "paving database",
    "decking database",
    "nope fallback",
  ]);
});

Deno.test("lookups: what cannot be a slug is refused", async () => {
  const { source, lookups } = stand();
  for (const given of ["", "a/b", "x,y", "ü", "a".repeat(81), null, 7]) {
    await rejects(lookups.lookup(given as string), InvalidSlugError);
  }
  strictEqual(source.asked.length, 0);
});

Deno.test("lookups: a passing failure is tried again", async () => {
  const { source, lookups } = stand();
  const find = source.find;
  source.find = () => {
    source.find = find;
    return Promise.reject(failure("57P01"));
  };
  strictEqual((await lookups.lookup("paving")).source, "database");
});

Deno.test("lookups: without a database the slug is the answer, and nothing is remembered of it", async () => {
  const { source, lookups } = stand();
  source.fail = failure("ECONNREFUSED");
  const { microUuid, error } = await lookups.lookup("paving");
  strictEqual(microUuid, null);
  ok(error instanceof LookupUnavailableError);
  strictEqual(source.asked.length, 2, "once, and once again");
  source.fail = undefined;
  strictEqual((await lookups.lookup("paving")).microUuid, "u-paving");
});

Deno.test("lookups: a database that hangs is given up", async () => {
  const { source, lookups } = stand({ attemptMs: 20, retries: 0 });
  source.delayMs = 100;
  const started = performance.now();
  ok((await lookups.lookup("paving")).error instanceof LookupTimeoutError);
  ok(performance.now() - started < 90);
  await pause(100);
});

Deno.test("lookups: the circuit opens after failures, answers at once, tries again and closes", async () => {
  const { source, events, lookups } = stand({ retries: 0 });
  source.fail = failure("ECONNREFUSED");
  await lookups.lookup("paving");
  strictEqual(lookups.state().circuit, "closed");
  await lookups.lookup("paving");
  strictEqual(lookups.state().circuit, "open");
  const asked = source.asked.length;
  ok((await lookups.lookup("paving")).error instanceof CircuitOpenError);
  strictEqual(source.asked.length, asked, "an open circuit asks nobody");

  await pause(70);
  await lookups.lookup("paving");
  deepStrictEqual([lookups.state().circuit, source.asked.length], ["open", asked + 1], "one try, and open again");
  source.fail = undefined;
  await pause(70);
  strictEqual((await lookups.lookup("paving")).microUuid, "u-paving");
  strictEqual(lookups.state().circuit, "closed");
  const states = events.filter(({ name }) => name === "uuid_lookup_circuit").map(({ properties }) => properties.state);
  deepStrictEqual(states, ["open", "half_open", "open", "half_open", "closed"]);
});

Deno.test("lookups: remembered services are answered while the circuit is open", async () => {
  const { source, lookups } = stand({ retries: 0, failures: 1 });
  await lookups.warm();
  source.fail = failure("ECONNREFUSED");
  await lookups.lookup("new-service");
  strictEqual(lookups.state().circuit, "open");
  strictEqual((await lookups.lookup("paving")).microUuid, "u-paving");
});

Deno.test("lookups: an unknown service or a mistake of ours does not open the circuit; a mistake is reported", async () => {
  const { source, reported, lookups } = stand({ failures: 1 });
  await lookups.lookup("nope");
  source.fail = failure("42501");
  const { microUuid, error } = await lookups.lookup("paving");
  deepStrictEqual([microUuid, error?.code, error?.recovery], [null, "unexpected", "use_slug_and_report"]);
  deepStrictEqual([reported.length, lookups.state().circuit, source.asked.length], [1, "closed", 2]);
});

Deno.test("lookup errors: each has a code and says what to do", () => {
  const cases: [unknown, string, boolean][] = [
    [failure("ECONNREFUSED"), "database_unavailable", true],
    [failure("57014"), "database_unavailable", true],
    [new MicroServiceNotFoundError("x"), "not_found", true],
    [new InvalidSlugError("x"), "invalid_slug", false],
    [new TypeError("x"), "unexpected", true],
  ];
  for (const [error, code, recoverable] of cases) {
    const fault = toLookupError(error);
    deepStrictEqual([fault.code, isRecoverable(fault)], [code, recoverable]);
  }
});

function telemetryStand(options: { batch?: number; most?: number; waitMs?: number } = {}) {
  const batches: AnalyticsEvent[][] = [];
  const alive: Promise<unknown>[] = [];
  const state = { fail: false };
  const telemetry = createTelemetry({
    write: (events) => {
      if (state.fail) return Promise.reject(new Error("away"));
      batches.push(events);
      return Promise.resolve();
    },
    keepAlive: (work) => void alive.push(work),
    waitMs: 10,
    ...options,
  });
  return { batches, alive, state, telemetry };
}

Deno.test("telemetry: events are gathered, kept alive and written together", async () => {
  const { batches, alive, telemetry } = telemetryStand();
  for (const n of [1, 2, 3]) telemetry.record("uuid_lookup", { n });
  deepStrictEqual([batches.length, alive.length], [0, 1]);
  await Promise.all(alive);
  deepStrictEqual(batches.map((events) => events.map(({ properties }) => properties.n)), [[1, 2, 3]]);
  ok(batches[0]![0]!.properties.isolate);
});

Deno.test("telemetry: a flush writes at once; a full batch does not wait", async () => {
  const { batches, alive, telemetry } = telemetryStand({ waitMs: 60_000, batch: 2 });
  telemetry.record("uuid_lookup", { n: 1 });
  await telemetry.flush();
  strictEqual(batches.length, 1);
  telemetry.record("uuid_lookup", { n: 2 });
  telemetry.record("uuid_lookup", { n: 3 });
  await Promise.all(alive);
  deepStrictEqual(batches.map((events) => events.length), [1, 2]);
});

Deno.test("telemetry: what cannot be written is kept, in bounds, and written later", async () => {
  const { batches, alive, state, telemetry } = telemetryStand({ most: 3, waitMs: 1 });
  state.fail = true;
  for (const n of [1, 2, 3, 4, 5]) telemetry.record("uuid_lookup", { n });
  await Promise.all(alive);
  deepStrictEqual(telemetry.state(), { waiting: 3, dropped: 2 });
  state.fail = false;
  await telemetry.flush();
  deepStrictEqual(batches[0]!.map(({ properties }) => properties.n), [3, 4, 5]);
  strictEqual(telemetry.state().waiting, 0);
});
