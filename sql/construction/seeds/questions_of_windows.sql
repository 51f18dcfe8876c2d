-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'windows', 1, 'windows', 30, '[
  {
    "id": "opening_count",
    "label": "How many windows or doors?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 500,
    "whole": true
  },
  {
    "id": "frame_material",
    "label": "Which frames?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "pvc", "label": "PVC" },
      { "value": "wood", "label": "Wood" },
      { "value": "aluminium", "label": "Aluminium" },
      { "value": "undecided", "label": "Not decided" }
    ]
  }
]'
);
select app.seed_question_block(
  'window-replacement', 1, 'windows/glazing/window-replacement', 50, '[
  {
    "id": "glazing",
    "label": "Which glazing?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "double", "label": "Double" },
      { "value": "triple", "label": "Triple" },
      { "value": "undecided", "label": "Not decided" }
    ]
  }
]'
);
