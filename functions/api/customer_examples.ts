/** Examples of the reference; a test holds each to its schema. */

const customerId = "0f9b6a5e-3c1d-5b7e-9a2f-4d6c8e0a1b3c";
const userId = "9b2f0c1a-4d3e-4f5a-8b6c-7d8e9f0a1b2c";
const times = { created_at: "2026-01-31T09:30:00.000000Z", updated_at: "2026-01-31T09:30:00.000000Z" };

export const customerExample = {
  id: customerId,
  vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  external_id: "C-1001",
  full_name: "Ada Lovelace",
  email: "ada@example.com",
  phone: "+14155552671",
  dob: "1990-12-10",
  age: 35,
  gender: "female",
  location: { city: "Portland", region: "OR", country: "US" },
  custom_tags: ["vip"],
  created_by: userId,
  updated_by: userId,
  ...times,
};

export const batchExample = {
  items: [{
    external_id: "C-1001",
    full_name: "Ada Lovelace",
    email: "ada@example.com",
    phone: "(415) 555-2671",
    dob: "1990-12-10",
    gender: "female",
  }],
};

export const putExample = { full_name: "Ada Lovelace", email: "ada@example.com", custom_tags: ["vip"] };

export const consentExample = {
  id: 17,
  customer_id: customerId,
  consent_type: "health_data",
  granted: true,
  version: "2026-01",
  timestamp: "2026-01-31T09:30:00.000000Z",
  recorded_by: userId,
  note: null,
};

export const newConsentExample = { consent_type: "health_data", granted: true, version: "2026-01" };

export const listEntryExample = {
  id: "6c1b2a3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  customer_id: customerId,
  product_id: "b5a4c1de-6f0f-5d1e-8f8f-0a6f0e3f9d11",
  list: "deny",
  note: "tastes of soap",
  ...times,
};

export const newProfileExample = {
  height_cm: { value: 180, unit: "cm" },
  weight_kg: 80,
  age: 40,
  activity_level: "moderate",
  conditions: ["hypertension"],
  avoid_allergens: ["peanuts"],
  macro_targets: { protein_g: 120 },
};

export const profileExample = {
  customer_id: customerId,
  height_cm: 180,
  weight_kg: 80,
  age: 40,
  gender: "female",
  activity_level: "moderate",
  conditions: ["hypertension"],
  diet_goals: [],
  macro_targets: { protein_g: { target: 120 } },
  avoid_allergens: ["peanuts"],
  bmi: 24.69,
  bmr: 1564,
  tdee_cached: 2424.2,
  derived_limits: {
    ceilings: { sodium_mg: { amount: 1500, condition: "hypertension", source: "AHA: 1,500 mg a day" } },
    floors: { potassium_mg: { amount: 3500, condition: "hypertension", source: "ACC/AHA guideline 2017, 6.2" } },
    hard: { avoid_allergens: [], require_tags: [], max_per_serving: [] },
    bonuses: {},
    conflicts: [],
    rules_version: "0f343b0931126a20f133d67c2b018a3b",
  },
  warnings: [],
  ...times,
  updated_by: userId,
};

export const ruleExample = {
  id: "7d2c3b4e-5f6a-4b7c-9d8e-0f1a2b3c4d5e",
  vendor_id: "3f1c0de2-7b1a-4c57-9c1b-0a6f0e3f9d11",
  condition_code: "hypertension",
  policy: { ceilings: [{ nutrient: "sodium_mg", amount: 1200, source: "Our dietitian" }] },
  active: true,
  version: 1,
  ...times,
};
