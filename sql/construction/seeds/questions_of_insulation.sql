-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'insulation', 1, 'insulation', 30, '[
  {
    "id": "insulation_area",
    "label": "How large is the area?",
    "type": "number",
    "required": true,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "insulation_thickness",
    "label": "How thick?",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 100,
    "units": [ "cm", "in" ]
  },
  {
    "id": "insulation_material",
    "label": "Which material?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "mineral_wool", "label": "Mineral wool" },
      { "value": "foam", "label": "Foam boards" },
      { "value": "cellulose", "label": "Cellulose" },
      { "value": "wood_fibre", "label": "Wood fibre" },
      { "value": "undecided", "label": "Not decided" }
    ]
  }
]'
);
