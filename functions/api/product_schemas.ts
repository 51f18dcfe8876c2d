import { z } from "@hono/zod-openapi";
import {
  flag,
  freshness,
  id,
  instant,
  paging,
  text,
  timestamp,
  words,
  wordsParameter,
} from "../_shared/http/fields.ts";

const codes = z.array(text(200)).max(200).nullable();

const fields = {
  barcode: text(64).nullable().openapi({ description: "GTIN-8, -12, -13 or -14; its check digit must be right." }),
  name: text(500),
  brand: text(500).nullable(),
  description: z.string().nullable(),
  short_description: z.string().nullable(),
  category_id: id.nullable(),
  sub_category_id: id.nullable(),
  cuisine_id: id.nullable(),
  market_id: id.nullable(),
  nutrition: z.record(z.string(), z.number().min(0)).nullable().openapi({
    description: "Nutrients by key, such as calories, protein_g, sodium_mg.",
    example: { calories: 120, protein_g: 3.4, sodium_mg: 40 },
  }),
  nutrition_basis: z.enum(["serving", "100g"]).nullable(),
  serving_size: z.string().nullable(),
  package_weight: z.string().nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/).openapi({ description: "ISO 4217.", example: "USD" }),
  status: z.enum(["active", "inactive"]),
  ingredients: z.string().nullable(),
  dietary_tags: codes,
  allergens: codes.openapi({
    description: "What it contains, by code; null = unknown, [] = declared to contain none.",
  }),
  may_contain: codes.openapi({ description: "Possible traces, by code; null = unknown." }),
  free_from: codes.openapi({ description: "Declared to be free from, by code; null = unknown." }),
  certifications: codes,
  regulatory_codes: codes,
  source_url: z.string().nullable(),
};

const price = z.string().regex(/^\d{1,10}\.\d{2}$/).nullable().openapi({ description: "Decimal.", example: "3.50" });
const image = z.strictObject({ url: z.string(), alt: z.string().nullable() });
const barcodeType = z.enum(["GTIN-8", "GTIN-12", "GTIN-13", "GTIN-14"]).nullable();

const shape = {
  id,
  vendor_id: id,
  external_id: text(255),
  gtin_type: barcodeType,
  ...fields,
  price,
  images: z.array(image),
  created_at: timestamp,
  updated_at: timestamp,
};

export const product = z.strictObject(shape).openapi("Product");

export const listedProduct = z.strictObject({
  ...shape,
  score: z.number().optional().openapi({ description: "How well the row fits; with sort=relevance." }),
  highlight: z.strictObject({
    name: z.string(),
    brand: z.string(),
    short_description: z.string(),
  }).partial().optional().openapi({
    description: "Fields in which a word was found, as HTML with the words in <mark>; with highlight=true.",
  }),
}).openapi("ListedProduct");

const count = z.int().min(0);
const valueCounts = z.array(z.strictObject({ value: z.string(), count })).max(20);

const facets = z.strictObject({
  approximate: z.boolean().openapi({
    description: "Counted on a sample: the search matches more than 3,000 products.",
  }),
  brand: valueCounts.optional(),
  category: z.array(z.strictObject({ id, code: z.string(), label: z.string(), count })).max(20).optional(),
  tags: valueCounts.optional(),
}).openapi("Facets");

export const productPage = z.strictObject({
  data: z.array(listedProduct).max(200),
  next_cursor: z.string().nullable().openapi({ description: "For the next page; null on the last." }),
  corrected: z.strictObject({ from: z.string(), to: z.string() }).optional().openapi({
    description: "Nothing matched what was typed; these are the matches of `to`.",
  }),
  completed: z.boolean().optional().openapi({
    description: "Nothing matched the last word as it is, so it was taken as the beginning of one.",
  }),
  facets: facets.optional(),
  meta: freshness.optional(),
}).openapi("ProductPage");

const givenPrice = z.union([z.string(), z.number().min(0)]).nullable().openapi({ example: "3.50" });
const term = text(200).nullable().openapi({ description: "A term by its word, in place of its id." });
const givenImage = z.strictObject({ url: z.string(), alt: z.string().nullish(), order: z.int().nullish() });
const given = z.strictObject({
  ...fields,
  price: givenPrice,
  category: term,
  sub_category: term,
  cuisine: term,
  market: term,
  images: z.array(z.union([z.string(), givenImage])).max(50).nullable(),
}).partial();

/** For the document only: items are checked one by one in the database, so that good ones are applied. */
export const productItem = given.extend({ external_id: text(255), name: text(500) }).openapi("ProductItem");

/** For the document only: the database checks a patch by the rules it checks items by. */
export const productPatch = given.openapi("ProductPatch");

export const productBatch = z.strictObject({ items: z.array(productItem).min(1).max(10_000) }).openapi("ProductBatch");

const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);

/** What is checked of a batch before the database looks at each item, whatever it is. */
export const batchBody = z.strictObject({ items: z.array(z.unknown()).min(1).max(10_000) });

export const patchBody = jsonObject.refine((patch) => Object.keys(patch).length > 0, "must name at least one field");

export const batchResult = z.strictObject({
  received: z.int().min(0),
  inserted: z.int().min(0),
  updated: z.int().min(0),
  unchanged: z.int().min(0),
  failed: z.int().min(0),
  errors: z.array(z.strictObject({
    index: z.int().min(0).openapi({ description: "Place of the item in the batch, from 0." }),
    external_id: z.string().nullable(),
    pointer: z.string().openapi({ description: "JSON pointer into the body." }),
    code: z.string(),
    detail: z.string(),
  })),
  catalog_version: z.int().min(0),
}).openapi("BatchResult");

export const batchQuery = z.object({
  atomic: flag.optional().openapi({
    type: "string",
    enum: ["true", "false"],
    default: "false",
    param: { description: "Apply all items or, when one is not valid, none (400)." },
  }),
});

const facetNames = ["brand", "category", "tags"];

/** A flag of a search. */
const option = (description: string) =>
  flag.optional().openapi({ type: "string", enum: ["true", "false"], param: { description } });

const filters = {
  brand: text(500).optional().openapi({ param: { description: "The whole brand; case and accents do not matter." } }),
  category_id: id.optional(),
  "tags.any": words().optional().openapi(wordsParameter("Has at least one of these dietary tags.", ["vegan"])),
  "allergens.none": words().optional().openapi(
    wordsParameter("Declared to hold none of these allergens, not even traces. Unknown counts as holding them.", [
      "milk",
    ]),
  ),
  updated_after: instant.optional(),
  status: z.enum(["active", "inactive"]).optional(),
  sort: z.enum(["-updated_at", "relevance"]).optional(),
  prefix: option("The last word of `q` may be unfinished. Without it, only when no product has the word as it is."),
  facets: words(3).refine(
    (list) => list.every((name) => facetNames.includes(name)),
    `must be of ${facetNames.join(", ")}`,
  )
    .optional().openapi({
      type: "array",
      items: { type: "string", enum: facetNames },
      maxItems: 3,
      example: ["brand", "tags"],
      param: { description: "Counts the matches by these.", style: "form", explode: false },
    }),
  highlight: option("Adds to each row its fields with the found words marked."),
  ...paging,
};

const q = text(500).openapi({
  param: { description: "Words in name, brand and short description." },
  example: "oat milk",
});

export const listQuery = z.object({ q: q.optional(), ...filters });
export const searchQuery = z.object({ q: q.trim().min(1), ...filters });
