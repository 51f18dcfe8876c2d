import type {
  DateQuestion,
  MultiQuestion,
  NumberQuestion,
  Option,
  PhotosQuestion,
  Question,
  SingleQuestion,
  TextQuestion,
} from "./types.ts";

/** Short ways to write the questions of the catalogue. */

type More<Q extends Question> = Partial<Omit<Q, "id" | "label" | "type" | "options">>;

export const single = (
  id: string,
  label: string,
  options: Record<string, string>,
  more: More<SingleQuestion> = {},
): SingleQuestion => ({ id, label, type: "single", required: false, options: choices(options), ...more });

export const multi = (
  id: string,
  label: string,
  options: Record<string, string>,
  more: More<MultiQuestion> = {},
): MultiQuestion => ({ id, label, type: "multi", required: false, options: choices(options), ...more });

/** A number of something: whole, from `min` to `max`. */
export const count = (
  id: string,
  label: string,
  [min, max]: [number, number],
  more: More<NumberQuestion> = {},
): NumberQuestion => ({ id, label, type: "number", required: false, min, max, whole: true, ...more });

export const measure = (
  id: string,
  label: string,
  units: [string, ...string[]],
  [min, max]: [number, number],
  more: More<NumberQuestion> = {},
): NumberQuestion => ({ id, label, type: "number", required: false, min, max, units, ...more });

export const area = (id: string, label: string, more: More<NumberQuestion> = {}): NumberQuestion =>
  measure(id, label, ["m2", "ft2"], [0.1, 100_000], more);

export const text = (id: string, label: string, max_length: number, more: More<TextQuestion> = {}): TextQuestion => ({
  id,
  label,
  type: "text",
  required: false,
  max_length,
  ...more,
});

export const date = (id: string, label: string, more: More<DateQuestion> = {}): DateQuestion => ({
  id,
  label,
  type: "date",
  required: false,
  ...more,
});

export const photos = (
  id: string,
  label: string,
  max_items: number,
  more: More<PhotosQuestion> = {},
): PhotosQuestion => ({ id, label, type: "photos", required: false, max_items, ...more });

export const yesNo = { yes: "Yes", no: "No" };

/** For `visible_if`. */
export const when = (question: string, ...one_of: string[]) => ({ visible_if: { question, one_of } });

function choices(options: Record<string, string>): Option[] {
  return Object.entries(options).map(([value, label]) => ({ value, label }));
}
