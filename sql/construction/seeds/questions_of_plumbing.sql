-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'plumbing', 1, 'plumbing', 30, '[
  {
    "id": "plumbing_urgency",
    "label": "Is water running out?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "yes", "label": "Yes, now" },
      { "value": "contained", "label": "It is contained" },
      { "value": "no", "label": "No" }
    ]
  },
  {
    "id": "plumbing_rooms",
    "label": "In which rooms?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "bathroom", "label": "Bathroom" },
      { "value": "kitchen", "label": "Kitchen" },
      { "value": "utility", "label": "Utility room" },
      { "value": "cellar", "label": "Cellar" },
      { "value": "outside", "label": "Outside" }
    ]
  },
  {
    "id": "shutoff_access",
    "label": "Can the water be shut off?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "yes", "label": "Yes" },
      { "value": "no", "label": "No" },
      { "value": "unknown", "label": "I do not know" }
    ]
  }
]'
);
select app.seed_question_block(
  'leak-repair', 1, 'plumbing/pipes/leak-repair', 50, '[
  {
    "id": "leak_location",
    "label": "Where does it leak?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "tap", "label": "At a tap" },
      { "value": "pipe", "label": "At a pipe" },
      { "value": "toilet", "label": "At a toilet" },
      { "value": "wall", "label": "Behind a wall" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  { "id": "leak_description", "label": "Describe the leak", "type": "text", "required": false, "max_length": 1000 }
]'
);
select app.seed_question_block(
  'toilet-installation', 1, 'plumbing/fixtures/toilet-installation', 50, '[
  {
    "id": "toilet_type",
    "label": "Which kind?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "floor", "label": "Standing on the floor" },
      { "value": "wall", "label": "Hung on the wall" }
    ]
  },
  {
    "id": "remove_old_toilet",
    "label": "Shall an old one be removed?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'water-heater-installation', 1, 'plumbing/hot-water/water-heater-installation', 50, '[
  {
    "id": "heater_volume",
    "label": "How much water?",
    "type": "number",
    "required": false,
    "min": 5,
    "max": 5000,
    "units": [ "l", "gal" ]
  },
  {
    "id": "heater_energy",
    "label": "Which energy?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "gas", "label": "Gas" },
      { "value": "electricity", "label": "Electricity" },
      { "value": "solar", "label": "Solar" }
    ]
  }
]'
);
