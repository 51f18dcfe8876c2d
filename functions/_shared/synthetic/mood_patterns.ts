import { normal, type Random } from "./random.ts";

/** The courses a mood can take; docs/synthetic.md has the formulas for people. */
export const moodPatterns = [
  "stable",
  "improving",
  "declining",
  "volatile",
  "seasonal",
  "crisis_and_recovery",
] as const;
export type MoodPattern = typeof moodPatterns[number];

/** Where in its course a check-in is: `share` runs from 0 (the first) to 1 (the last). */
interface Place {
  share: number;
  dayOfYear: number;
}

/** Expected mood and the deviation about it. */
const courses: Record<MoodPattern, { expected(place: Place): number; deviation: number }> = {
  stable: { expected: () => 6.5, deviation: 0.6 },
  improving: { expected: ({ share }) => 3.5 + 4.5 * share, deviation: 0.8 },
  declining: { expected: ({ share }) => 8 - 4.5 * share, deviation: 0.8 },
  volatile: { expected: () => 5.5, deviation: 2.2 },
  seasonal: {
    expected: ({ dayOfYear }) => 6 + 2.5 * Math.cos(2 * Math.PI * (dayOfYear - 172) / 365.25),
    deviation: 0.6,
  },
  crisis_and_recovery: { expected: ({ share }) => crisis(share), deviation: 0.5 },
};

/** Well until 0.4, then down to 2 within a tenth of the time, then back as e^-x. */
function crisis(share: number): number {
  if (share < 0.4) return 7;
  if (share < 0.5) return 7 - 50 * (share - 0.4);
  return 7 - 5 * Math.exp(-(share - 0.5) / 0.15);
}

/** The moods of one person: the course, their own level (deviation 0.3), and noise; from 1 to 10, to a tenth. */
export function moods(pattern: MoodPattern, count: number, startDate: string, random: Random): number[] {
  const { expected, deviation } = courses[pattern];
  const level = normal(random, 0, 0.3);
  const first = Date.parse(`${startDate}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => {
    const place = { share: count > 1 ? at / (count - 1) : 0, dayOfYear: dayOfYear(first + at * 86_400_000) };
    return scale(expected(place) + level + normal(random, 0, deviation));
  });
}

/** A value on the scale of a check-in: from 1 to 10, to a tenth. */
export function scale(value: number): number {
  return Math.round(Math.min(10, Math.max(1, value)) * 10) / 10;
}

function dayOfYear(time: number): number {
  return Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}
