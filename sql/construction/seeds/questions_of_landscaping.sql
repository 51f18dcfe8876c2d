-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'landscaping', 1, 'landscaping', 30, '[
  {
    "id": "garden_area",
    "label": "How large is the area?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "garden_access",
    "label": "Can machines get there?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "easy", "label": "Easily" },
      { "value": "narrow", "label": "Through a narrow way" },
      { "value": "none", "label": "No" }
    ]
  },
  {
    "id": "remove_waste",
    "label": "Shall green waste be taken away?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'paving', 1, 'landscaping/hardscape/paving', 50, '[
  {
    "id": "paving_material",
    "label": "Which material?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "concrete", "label": "Concrete" },
      { "value": "stone", "label": "Stone" },
      { "value": "clinker", "label": "Clinker" },
      { "value": "gravel", "label": "Gravel" }
    ]
  }
]'
);
select app.seed_question_block(
  'tree-felling', 1, 'landscaping/planting/tree-felling', 50, '[
  {
    "id": "tree_count",
    "label": "How many trees?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 500,
    "whole": true
  },
  {
    "id": "tree_height",
    "label": "How high is the highest?",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 120,
    "units": [ "m", "ft" ]
  },
  {
    "id": "stump_removal",
    "label": "Shall stumps be removed?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
