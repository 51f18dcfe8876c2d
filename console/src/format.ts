/** Numbers and times as people read them, in the browser's own language. */

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "always", style: "narrow" });

const none = "–";

export const count = (value: number | null | undefined): string => value == null ? none : whole.format(value);

/** For narrow places: 12.3K. */
export const short = (value: number): string => compact.format(value);

/** `value` is of 100. */
export const percent = (value: number | null | undefined): string => value == null ? none : `${+value.toFixed(1)} %`;

export const milliseconds = (value: number | null | undefined): string =>
  value == null ? none : `${value < 10 ? +value.toFixed(1) : whole.format(value)} ms`;

export const time = (iso: string | null): string => iso === null ? none : new Date(iso).toLocaleTimeString();

export const instant = (iso: string | null): string =>
  iso === null ? none : new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** How long ago, or how long until: "5min ago". */
export function ago(iso: string | null, now = Date.now()): string {
  if (iso === null) return none;
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1] as const;
  return relative.format(Math.trunc(seconds / size), unit);
}

const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

/** 75 -> "1 min 15 s". */
export function duration(seconds: number | null): string {
  if (seconds === null) return none;
  if (seconds < 1) return "under 1 s";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

/** `budget_fit` -> "budget fit". */
export const words = (code: string): string => code.replaceAll("_", " ");
