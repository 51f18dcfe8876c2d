import { z } from "@hono/zod-openapi";

/** Pieces that many routes' schemas are made of. */

export const id = z.guid().openapi({ format: "uuid", example: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11" });

export const idParams = z.object({ id });

/** An RFC 3339 time with an offset, as input. */
export const instant = z.iso.datetime({ offset: true }).openapi({
  format: "date-time",
  example: "2026-01-31T09:30:00Z",
});

/** A time in an answer. */
export const timestamp = z.string().openapi({ format: "date-time", example: "2026-01-31T09:30:00.000000Z" });

/** The two times every stored row shows. */
export const instantFields = { created_at: timestamp, updated_at: timestamp };

export const text = (longest: number) => z.string().max(longest);

/** A parameter that holds several words: separated by commas, or sent more than once. */
export const words = (most = 50) =>
  z.union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().join(",").split(",").map((word) => word.trim()).filter(Boolean))
    .refine((list) => list.length <= most, `must name at most ${most}`)
    .refine((list) => list.every((word) => word.length <= 200), "must hold words of at most 200 characters");

/** How a `words` parameter is described. */
export const wordsParameter = (description: string, example: string[]) => ({
  type: "array" as const,
  items: { type: "string" as const, maxLength: 200 },
  maxItems: 50,
  example,
  param: { description, style: "form" as const, explode: false },
});

/** A whole number in a query. */
export const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`).transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

/** `cursor` and `limit`, as every list takes them. */
export const paging = {
  cursor: z.string().min(1).max(2000).optional().openapi({
    param: { description: "`next_cursor` of the page before; belongs to the same filters and vendor." },
  }),
  limit: wholeNumber(1, 200).optional().openapi({
    type: "integer",
    minimum: 1,
    maximum: 200,
    default: 50,
    param: { description: "How many rows at most." },
  }),
};

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(row: T, name: string) =>
  z.strictObject({
    data: z.array(row).max(200),
    next_cursor: z.string().nullable().openapi({ description: "For the next page; null on the last." }),
  }).openapi(name);

/** `meta` of an answer that a read replica may give: present where the deployment has one. */
export const freshness = z.strictObject({
  source: z.enum(["primary", "replica"]),
  lag_ms: z.int().min(0).openapi({ description: "How far behind the primary the data may be." }),
  as_of: timestamp.openapi({ description: "All that was acknowledged before this time is among the data." }),
}).openapi("Freshness");

/** A page that a read replica may give. */
export const freshPageOf = <T extends z.ZodType>(row: T, name: string) =>
  z.strictObject({ ...pageOf(row, name).shape, meta: freshness.optional() }).openapi(name);

/** The header of a 201 answer. */
export const locationHeader = {
  Location: { description: "Path of the new resource.", schema: { type: "string" as const } },
};

/** `true` or `false` in a query. */
export const flag = z.enum(["true", "false"]).transform((value) => value === "true");
