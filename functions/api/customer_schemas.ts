import { z } from "@hono/zod-openapi";
import {
  freshPageOf,
  id,
  instant,
  instantFields,
  pageOf,
  paging,
  text,
  timestamp,
  words,
  wordsParameter,
} from "../_shared/http/fields.ts";

const gender = z.enum(["male", "female", "other", "unspecified"]);
const location = z.record(z.string(), z.unknown()).openapi({
  description: "Flat: address, city, region, postal_code, country, or keys of the vendor's own.",
  example: { city: "Portland", region: "OR", country: "US" },
});

const fields = {
  full_name: text(200),
  email: text(254).openapi({ description: "Kept in lower case.", example: "ada@example.com" }),
  phone: text(64).nullable().openapi({
    description: "Kept in E.164. With + international; ten digits are a number of the North American plan.",
    example: "+14155552671",
  }),
  dob: z.string().nullable().openapi({ format: "date", description: "Beats `age`.", example: "1990-12-10" }),
  age: z.int().min(0).max(130).nullable().openapi({ description: "In years; of today where `dob` is known." }),
  location: location.nullable(),
  custom_tags: z.array(text(100)).max(100).nullable(),
};

export const customer = z.strictObject({
  id,
  vendor_id: id,
  external_id: text(255),
  ...fields,
  gender,
  created_by: id.nullable(),
  updated_by: id.nullable(),
  ...instantFields,
}).openapi("Customer");

export const customerPage = freshPageOf(customer, "CustomerPage");

const given = z.strictObject({
  ...fields,
  gender: text(40).nullable().openapi({ description: "male, female, other, unspecified, or a synonym." }),
  location: z.union([location, z.string()]).nullable(),
}).partial();

/** For the document only: items are checked one by one in the database, so that good ones are applied. */
const customerItem = given.extend({ external_id: text(255), full_name: text(200), email: text(254) })
  .openapi("CustomerItem");

/** For the document only, as are the two below: the database checks by the rules it checks items by. */
export const customerBatch = z.strictObject({ items: z.array(customerItem).min(1).max(10_000) })
  .openapi("CustomerBatch");
export const customerPut = given.extend({ full_name: text(200), email: text(254) }).openapi("CustomerPut");
export const customerPatch = given.openapi("CustomerPatch");

export const listQuery = z.object({
  q: text(200).optional().openapi({
    param: { description: "The beginnings of words of name and email, or the beginning of an email." },
    example: "ada lov",
  }),
  email: text(254).optional().openapi({ param: { description: "The whole address." }, example: "ada@example.com" }),
  "tags.any": words().optional().openapi(wordsParameter("Has at least one of these tags.", ["vip"])),
  updated_after: instant.optional(),
  ...paging,
});

export const purpose = text(500).optional().openapi({
  param: { description: "Why, for the audit log." },
  example: "support call 4711",
});

export const purposeQuery = z.object({ purpose });

export const deleteQuery = z.object({
  mode: z.enum(["soft", "hard"]).optional().openapi({
    default: "soft",
    param: { description: "`hard` erases health profile, consents, lists and cached matches as well, for good." },
  }),
  purpose,
});

export const consent = z.strictObject({
  id: z.int(),
  customer_id: id,
  consent_type: z.string(),
  granted: z.boolean(),
  version: z.string(),
  timestamp,
  recorded_by: id.nullable(),
  note: z.string().nullable(),
}).openapi("Consent");

export const consentPage = pageOf(consent, "ConsentPage");

const consentType = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "must be lower case letters, digits and underscores");

export const newConsent = z.strictObject({
  consent_type: consentType.openapi({ description: "`health_data` opens the health profile.", example: "health_data" }),
  granted: z.boolean().openapi({ description: "False: refused or withdrawn." }),
  version: text(100).min(1).openapi({ description: "Version of the text that was shown." }),
  note: text(200).nullable().optional(),
}).openapi("NewConsent");

export const consentsQuery = z.object({ consent_type: consentType.optional(), ...paging });

const list = z.string().openapi({ enum: ["allow", "deny"], example: "deny" });
export const listParams = z.object({ id, list });
export const entryParams = listParams.extend({ product_id: id });

export const listEntry = z.strictObject({
  id,
  customer_id: id,
  product_id: id,
  list: z.enum(["allow", "deny"]),
  note: z.string().nullable(),
  ...instantFields,
}).openapi("CustomerListEntry");

export const listEntryPage = pageOf(listEntry, "CustomerListEntryPage");
export const entryBody = z.strictObject({ note: text(500).nullable().optional() });
export const pagingQuery = z.object(paging);
