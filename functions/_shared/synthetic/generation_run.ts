import type { MoodPattern } from "./mood_patterns.ts";
import type { Locale } from "./person.ts";

/** The parts of `public.generation_runs` that the engine uses. */
export interface GenerationRun {
  id: string;
  super_id: string;
  status: "queued" | "running" | "completed" | "failed";
  next_user: number;
  users_total: number;
  params: GenerationParams;
}

export interface GenerationParams {
  patients_count: number;
  therapists_count: number;
  checkins_per_user: number;
  mood_pattern: MoodPattern;
  seed: number;
  start_date: string;
  locale: Locale;
}

/** One user that could not be made; `index` counts patients first, then therapists. */
export interface UserFailure {
  index: number;
  role: string;
  code: string;
  detail: string;
}

/** How a synthetic user signs in; told once, kept nowhere. */
export interface Credentials {
  user_id: string;
  role: string;
  email: string;
  password: string;
}
