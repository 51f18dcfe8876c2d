import type { z } from "zod";
import { type FieldError, type HttpProblem, problem } from "./problems.ts";

/** Checks input against its schema; what does not fit becomes one problem that names every place. */
export function validate<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap((issue) => fieldErrors(issue)), where);
}

/** The problem for faults at known places. */
export function invalid(errors: FieldError[], where = "The request"): HttpProblem {
  // A fault of the whole says little where a fault of a part is known.
  const parts = errors.filter((error) => error.pointer !== "");
  const told = parts.length ? parts : errors;
  const [first] = told;
  const more = told.length > 1 ? ` (and ${told.length - 1} more, see errors)` : "";
  const place = first?.pointer ? `${where}: ${first.pointer}` : where;
  const detail = first ? `${place} ${first.detail}${more}.` : `${where} is not valid.`;
  return problem("invalid-input", { detail, errors: told.slice(0, 100) });
}

/** One zod issue as errors a person can act on: what is wrong, and what to send instead. */
export function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const pointer = toPointer(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      code: "unknown_field",
      detail: "is not known here; remove it or correct its name",
    }));
  }
  return [{ pointer, ...explain(issue) }];
}

function explain(issue: z.core.$ZodIssue): { code: string; detail: string } {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? { code: "required", detail: `is required; send ${article(issue.expected)}` }
        : { code: "invalid_type", detail: `must be ${article(issue.expected)}` };
    case "too_big":
      return { code: "too_big", detail: `must be at most ${issue.maximum}${unit(issue.origin)}` };
    case "too_small":
      return { code: "too_small", detail: `must be at least ${issue.minimum}${unit(issue.origin)}` };
    case "invalid_value":
      return { code: "invalid_value", detail: `must be ${oneOf(issue.values)}` };
    case "invalid_format":
      return { code: "invalid_format", detail: formatDetail(issue.format, issue.message) };
    case "invalid_union":
      if (issue.input === undefined) return { code: "required", detail: "is required" };
      return { code: "invalid_value", detail: "is none of the forms accepted here; see the reference" };
    case "not_multiple_of":
      return { code: "invalid_value", detail: `must be a multiple of ${issue.divisor}` };
    default:
      return { code: "invalid_value", detail: issue.message };
  }
}

/** The schema's own words where it has some; zod's own begin with "Invalid" and show the pattern. */
function formatDetail(format: string, message: string): string {
  return message.startsWith("Invalid") ? formats[format] ?? `must be a valid ${format}` : message;
}

const formats: Record<string, string> = {
  guid: "must be a UUID such as 3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  uuid: "must be a UUID such as 3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  datetime: "must be an RFC 3339 time such as 2026-01-31T09:30:00Z",
  date: "must be a date such as 2026-01-31",
  url: "must be an absolute URL such as https://example.com/a",
  email: "must be an e-mail address",
  regex: "does not have the form described in the reference",
};

function article(expected: string): string {
  const name = expected === "record" ? "object" : expected;
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function unit(origin: string): string {
  return origin === "string" ? " characters long" : origin === "array" || origin === "set" ? " items" : "";
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

/** RFC 6901. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
