/** Examples of the reference; a test holds each to its schema. */

export const productExample = {
  id: "b5a4c1de-6f0f-5d1e-8f8f-0a6f0e3f9d11",
  vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  external_id: "OAT-1L",
  barcode: "7394376616037",
  gtin_type: "GTIN-13",
  name: "Oat drink",
  brand: "Nordfield",
  description: null,
  short_description: "Unsweetened, with calcium",
  category_id: null,
  sub_category_id: null,
  cuisine_id: null,
  market_id: null,
  nutrition: { calories: 46, protein_g: 1, sodium_mg: 40 },
  nutrition_basis: "100g",
  serving_size: "240 ml",
  package_weight: "1 l",
  price: "3.50",
  currency: "USD",
  status: "active",
  ingredients: "Water, oats 10 %, calcium carbonate, salt",
  dietary_tags: ["vegan"],
  allergens: ["gluten"],
  may_contain: null,
  free_from: ["milk"],
  certifications: null,
  regulatory_codes: null,
  source_url: null,
  images: [],
  created_at: "2026-01-31T09:30:00.000000Z",
  updated_at: "2026-01-31T09:30:00.000000Z",
};

export const pageExample = { data: [productExample], next_cursor: null };

export const batchExample = {
  items: [{ external_id: "OAT-1L", name: "Oat drink", brand: "Nordfield", price: "3.50", allergens: ["gluten"] }],
};

export const batchResultExample = {
  received: 1,
  inserted: 1,
  updated: 0,
  unchanged: 0,
  failed: 0,
  errors: [],
  catalog_version: 7,
};
