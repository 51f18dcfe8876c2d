/** The retry schedule as properties of app.webhook_delay, for any luck, Retry-After, attempt and endpoint. */
import { deepStrictEqual, ok } from "node:assert";
import fc from "fast-check";
import { connect } from "./people.ts";

const schedule = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
const day = 86_400;

const failures = fc.array(
  fc.record({
    attempt: fc.integer({ min: 1, max: 12 }),
    retriesMax: fc.integer({ min: 0, max: 50 }),
    retryAfter: fc.option(fc.oneof(fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 0, max: 999_999_999 }))),
    luck: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 100, maxLength: 200 },
);

Deno.test("app.webhook_delay() keeps to the schedule within a fifth, to Retry-After, and to the last attempt", async () => {
  const sql = connect();
  try {
    const [settings] = await sql`select schedule_seconds, jitter::float8 as jitter from app.webhook_settings`;
    deepStrictEqual({ ...settings }, { schedule_seconds: schedule, jitter: 0.2 });
    await fc.assert(
      fc.asyncProperty(failures, async (cases) => {
        const rows = await sql<{ seconds: number | null }[]>`
          select extract(epoch from app.webhook_delay(c.attempt, c."retriesMax", c."retryAfter", c.luck))::float8 as seconds
          from rows from (
            jsonb_to_recordset(${JSON.stringify(cases)}::text::jsonb)
              as (attempt int, "retriesMax" int, "retryAfter" int, luck float8)
          ) with ordinality as c
          order by ordinality`;
        cases.forEach(({ attempt, retriesMax, retryAfter, luck }, n) => {
          const { seconds } = rows[n]!;
          const isLast = attempt > Math.min(retriesMax, schedule.length - 1);
          deepStrictEqual(seconds === null, isLast, JSON.stringify(cases[n]));
          if (seconds === null) return;
          const place = schedule[attempt]!;
          const wanted = Math.min(retryAfter ?? 0, day);
          const least = Math.max(place * 0.8, wanted);
          const most = Math.max(place * 1.2, wanted);
          ok(seconds >= least - 0.001 && seconds <= most + 0.001, `${seconds} s after ${JSON.stringify(cases[n])}`);
          if (wanted < place * 0.8) ok(Math.abs(seconds - place * (1 + 0.2 * (2 * luck - 1))) < 0.001, "luck decides");
        });
      }),
      { numRuns: 20 },
    );
  } finally {
    await sql.end();
  }
});
