-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'roofing', 1, 'roofing', 30, '[
  {
    "id": "roof_area",
    "label": "How large is the roof?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "roof_access",
    "label": "How is it reached?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "ladder", "label": "By ladder" },
      { "value": "scaffold", "label": "Needs scaffolding" },
      { "value": "hatch", "label": "By a hatch" }
    ]
  },
  {
    "id": "roof_leaking",
    "label": "Does it leak?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'roof-replacement', 1, 'roofing/pitched-roofs/roof-replacement', 50, '[
  {
    "id": "roof_covering",
    "label": "Which coverings come into question?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "clay", "label": "Clay tiles" },
      { "value": "concrete", "label": "Concrete tiles" },
      { "value": "slate", "label": "Slate" },
      { "value": "metal", "label": "Metal" }
    ],
    "max_items": 4
  }
]'
);
