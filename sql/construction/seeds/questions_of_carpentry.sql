-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'carpentry', 1, 'carpentry', 30, '[
  {
    "id": "wood_type",
    "label": "Which wood?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "softwood", "label": "Softwood" },
      { "value": "hardwood", "label": "Hardwood" },
      { "value": "mdf", "label": "MDF or plywood" },
      { "value": "undecided", "label": "Not decided" }
    ]
  },
  {
    "id": "carpentry_dimensions",
    "label": "Dimensions, as far as you know them",
    "type": "text",
    "required": false,
    "max_length": 500
  }
]'
);
select app.seed_question_block(
  'kitchen-fitting', 1, 'carpentry/joinery/kitchen-fitting', 50, '[
  {
    "id": "worktop_length",
    "label": "Length of the worktop",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 100,
    "units": [ "m", "ft" ]
  },
  {
    "id": "appliances",
    "label": "Which appliances are to be fitted?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "oven", "label": "Oven" },
      { "value": "hob", "label": "Hob" },
      { "value": "dishwasher", "label": "Dishwasher" },
      { "value": "fridge", "label": "Fridge" },
      { "value": "hood", "label": "Hood" }
    ]
  }
]'
);
