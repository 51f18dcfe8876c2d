-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'electrical', 1, 'electrical', 30, '[
  {
    "id": "electrical_age",
    "label": "How old is the installation?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "under_10", "label": "Less than 10 years" },
      { "value": "under_30", "label": "10 to 30 years" },
      { "value": "older", "label": "Older" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  {
    "id": "supply_phases",
    "label": "How many phases has the supply?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "one", "label": "One" },
      { "value": "three", "label": "Three" },
      { "value": "unknown", "label": "I do not know" }
    ]
  }
]'
);
select app.seed_question_block(
  'ev-charger-installation', 1, 'electrical/energy/ev-charger-installation', 50, '[
  {
    "id": "charger_power",
    "label": "Which power?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 50,
    "units": [ "kW" ]
  },
  {
    "id": "cable_length",
    "label": "How far from the consumer unit?",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 500,
    "units": [ "m", "ft" ]
  }
]'
);
select app.seed_question_block(
  'house-rewiring', 1, 'electrical/wiring/house-rewiring', 50, '[
  {
    "id": "room_count",
    "label": "How many rooms?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 200,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'outlet-installation', 1, 'electrical/wiring/outlet-installation', 50, '[
  {
    "id": "outlet_count",
    "label": "How many outlets?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 200,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'solar-panel-installation', 1, 'electrical/energy/solar-panel-installation', 50, '[
  {
    "id": "yearly_consumption",
    "label": "Yearly consumption",
    "type": "number",
    "required": false,
    "min": 100,
    "max": 1000000,
    "units": [ "kWh" ]
  },
  {
    "id": "roof_orientation",
    "label": "Where does the roof face?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "south", "label": "South" },
      { "value": "east_west", "label": "East and west" },
      { "value": "north", "label": "North" },
      { "value": "flat", "label": "It is flat" }
    ]
  }
]'
);
