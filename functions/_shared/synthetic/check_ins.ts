import { type MoodPattern, moods, scale } from "./mood_patterns.ts";
import { normal, type Random, whole } from "./random.ts";

export interface CheckIn {
  checked_in_at: string;
  mood: number;
  energy: number;
  anxiety: number;
  sleep_hours: number;
}

/** One check-in a day from the first day on, at some minute between 07:00 and 21:59 UTC. */
export function checkIns(pattern: MoodPattern, count: number, startDate: string, random: Random): CheckIn[] {
  const first = Date.parse(`${startDate}T07:00:00Z`);
  return moods(pattern, count, startDate, random).map((mood, at) => ({
    checked_in_at: new Date(first + at * 86_400_000 + whole(random, 0, 899) * 60_000).toISOString(),
    mood,
    energy: scale(1.8 + 0.7 * mood + normal(random, 0, 0.8)),
    anxiety: scale(10.5 - 0.8 * mood + normal(random, 0, 0.9)),
    sleep_hours: Math.round(Math.min(11, Math.max(3, 5 + 0.3 * mood + normal(random, 0, 0.7))) * 10) / 10,
  }));
}
