-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'property', 1, null, 10, '[
  {
    "id": "property_type",
    "label": "What kind of property is it?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "house", "label": "House" },
      { "value": "apartment", "label": "Apartment" },
      { "value": "office", "label": "Office" },
      { "value": "shop", "label": "Shop" },
      { "value": "other", "label": "Something else" }
    ]
  },
  {
    "id": "floor_number",
    "label": "On which floor?",
    "type": "number",
    "required": false,
    "min": -5,
    "max": 200,
    "whole": true,
    "visible_if": { "question": "property_type", "one_of": [ "apartment", "office" ] }
  },
  {
    "id": "has_lift",
    "label": "Is there a lift?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
    "visible_if": { "question": "property_type", "one_of": [ "apartment", "office" ] }
  },
  {
    "id": "ownership",
    "label": "Do you own or rent it?",
    "type": "single",
    "required": false,
    "options": [ { "value": "own", "label": "Own" }, { "value": "rent", "label": "Rent" } ]
  }
]'
);
select app.seed_question_block(
  'schedule', 1, null, 90, '[
  {
    "id": "urgency",
    "label": "When should the work begin?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "urgent", "label": "As soon as possible" },
      { "value": "weeks", "label": "Within some weeks" },
      { "value": "flexible", "label": "I am flexible" },
      { "value": "on_date", "label": "On a certain date" }
    ]
  },
  {
    "id": "start_date",
    "label": "On which date?",
    "type": "date",
    "required": false,
    "visible_if": { "question": "urgency", "one_of": [ "on_date" ] }
  },
  {
    "id": "available_days",
    "label": "When can somebody come and look?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "weekdays", "label": "Weekdays" },
      { "value": "evenings", "label": "Evenings" },
      { "value": "weekends", "label": "Weekends" }
    ]
  }
]'
);
select app.seed_question_block(
  'remarks', 1, null, 95, '[
  {
    "id": "materials_by",
    "label": "Who brings the materials?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "professional", "label": "The professional" },
      { "value": "customer", "label": "I do" },
      { "value": "both", "label": "Both" }
    ]
  },
  { "id": "photos", "label": "Photos of the place", "type": "photos", "required": false, "max_items": 10 },
  { "id": "remarks", "label": "What else should one know?", "type": "text", "required": false, "max_length": 2000 }
]'
);
