-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'masonry', 1, 'masonry', 30, '[
  {
    "id": "masonry_area",
    "label": "How large is the area?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "masonry_material",
    "label": "Which material?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "brick", "label": "Brick" },
      { "value": "block", "label": "Block" },
      { "value": "stone", "label": "Stone" },
      { "value": "concrete", "label": "Concrete" }
    ]
  }
]'
);
