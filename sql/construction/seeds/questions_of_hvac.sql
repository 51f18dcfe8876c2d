-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'hvac', 1, 'hvac', 30, '[
  {
    "id": "heated_area",
    "label": "How large is the area to be served?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "energy_source",
    "label": "Which energy is there?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "gas", "label": "Gas" },
      { "value": "oil", "label": "Oil" },
      { "value": "electricity", "label": "Electricity" },
      { "value": "district", "label": "District heating" },
      { "value": "wood", "label": "Wood or pellets" }
    ]
  }
]'
);
select app.seed_question_block(
  'heat-pump-installation', 1, 'hvac/heating/heat-pump-installation', 50, '[
  {
    "id": "heat_pump_type",
    "label": "Which kind?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "air", "label": "Air" },
      { "value": "ground", "label": "Ground" },
      { "value": "water", "label": "Water" },
      { "value": "undecided", "label": "Not decided" }
    ]
  },
  {
    "id": "heat_demand",
    "label": "Heat demand, if known",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 500,
    "units": [ "kW" ]
  }
]'
);
