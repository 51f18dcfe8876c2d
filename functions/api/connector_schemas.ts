import { z } from "@hono/zod-openapi";
import { id, instantFields, timestamp } from "../_shared/http/fields.ts";
import { map, preview } from "./ingestion_schemas.ts";

export const sourceParams = z.object({
  source: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "must be 1 to 64 of a-z, 0-9, - and _").openapi({
    example: "open-food-facts",
    param: { description: "The vendor's own name for the connector." },
  }),
});

const url = z.url().max(2000);
const word = z.string().regex(/^[A-Za-z0-9_.[\]$-]{1,100}$/, "must be a name of 1 to 100 letters, digits and -_.[]$");
const path = z.string().max(200).openapi({ description: "Members with dots between.", example: "data.items" });
const secret = z.string().min(1).max(4000).optional().openapi({
  description: "Kept in Vault and never shown. Left out, the stored one stays, as long as it goes to the same server.",
});
const size = { size_param: word.optional(), size: z.int().min(1).max(10_000).optional() };
const totalPath = path.optional().openapi({ description: "Where the answer says how many records there are in all." });

/** What a preset may fill in is optional here; the database requires what is missing then. */
const auth = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({
    type: z.literal("api_key"),
    place: z.enum(["header", "query"]).optional(),
    name: word.optional(),
    key: secret,
  }),
  z.strictObject({ type: z.literal("bearer"), token: secret }),
  z.strictObject({ type: z.literal("basic"), username: z.string().min(1).max(500).optional(), password: secret }),
  z.strictObject({
    type: z.literal("oauth2_client_credentials"),
    token_url: url.optional(),
    client_id: z.string().min(1).max(500).optional(),
    client_secret: secret,
    scope: z.string().min(1).max(500).optional(),
    client_auth: z.enum(["basic", "body"]).optional().openapi({
      description: "How the client proves itself to the token server; `basic` by default.",
    }),
  }),
]);

const paging = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({
    type: z.literal("page"),
    param: word.optional(),
    first: z.int().min(0).max(1).optional(),
    total_path: totalPath,
    ...size,
  }),
  z.strictObject({ type: z.literal("offset"), param: word.optional(), total_path: totalPath, ...size }),
  z.strictObject({
    type: z.literal("cursor"),
    param: word.optional().openapi({ description: "Left out, the value at `next_path` is the next page's address." }),
    next_path: path.optional(),
    ...size,
  }),
  z.strictObject({ type: z.literal("link_header"), ...size }),
]);

const increments = z.strictObject({
  param: word,
  format: z.enum(["rfc3339", "unix", "date"]).optional().openapi({ default: "rfc3339" }),
  overlap_seconds: z.int().min(0).max(604_800).optional().openapi({
    default: 0,
    description: "So much earlier than the last sync began, for sources whose clock or index lags.",
  }),
});

export const config = z.strictObject({
  preset: z.enum(["open_food_facts", "shopify"]).nullable().optional(),
  base_url: url.optional().openapi({
    description: "https address of the first page, with the query parameters that never change.",
  }),
  auth: auth.optional(),
  rate_limit_rpm: z.int().min(1).max(6000).optional().openapi({ default: 60 }),
  paging: paging.optional(),
  record_path: path.optional().openapi({ description: "Where the list of records is; blank: the answer is the list." }),
  explode: path.nullable().optional().openapi({
    description: "A list in each record whose elements become rows of their own, such as variants.",
  }),
  unwrap: z.array(z.string().min(1).max(200)).max(20).optional().openapi({
    description: "Objects in each record whose members count as the record's own.",
  }),
  mapping: map.optional(),
  increments: increments.nullable().optional(),
  max_pages: z.int().min(1).max(100_000).optional().openapi({ default: 10_000 }),
  enabled: z.boolean().optional(),
}).openapi("ConnectorConfig");

const state = z.strictObject({
  status: z.enum(["idle", "running", "completed", "failed", "canceled"]),
  job_id: id.nullable(),
  synced_at: timestamp.nullable(),
  synced_until: timestamp.nullable().openapi({ description: "Increments ask for what changed since then." }),
});

export const connector = z.strictObject({
  source: z.string(),
  preset: z.string().nullable(),
  base_url: z.string(),
  auth: z.looseObject({ type: z.string() }).openapi({ description: "Without the secret." }),
  has_secret: z.boolean(),
  rate_limit_rpm: z.int(),
  paging: z.looseObject({ type: z.string() }),
  record_path: z.string(),
  explode: z.string().nullable(),
  unwrap: z.array(z.string()).max(20),
  mapping: z.record(z.string(), z.unknown()),
  increments: z.looseObject({}).nullable(),
  max_pages: z.int(),
  enabled: z.boolean(),
  state,
  ...instantFields,
}).openapi("Connector");

export const syncBody = z.strictObject({
  whole: z.boolean().optional().openapi({
    description: "Ask for everything, also where the source can be asked for what changed.",
  }),
}).openapi("ConnectorSync");

const { columns, rows, errors, error } = preview.shape;

export const testResult = z.strictObject({
  status: z.int().nullable().openapi({ description: "The source's HTTP status; null where no good answer came." }),
  bytes: z.int().nullable(),
  duration_ms: z.int().min(0),
  records: z.int().nullable().openapi({ description: "Rows on the first page." }),
  total: z.int().nullable().openapi({ description: "Records in all, where the source says so." }),
  has_next: z.boolean().nullable(),
  columns,
  rows: rows.openapi({ description: "The first rows as they would be stored." }),
  errors,
  error: error.openapi({ description: "With what a sync would fail or wait." }),
}).openapi("ConnectorTest");
