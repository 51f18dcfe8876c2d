-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'plastering', 1, 'plastering', 30, '[
  {
    "id": "plaster_area",
    "label": "How large is the area?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "plaster_finish",
    "label": "Which finish?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "smooth", "label": "Smooth" },
      { "value": "textured", "label": "Textured" },
      { "value": "decorative", "label": "Decorative" }
    ]
  }
]'
);
select app.seed_question_block(
  'drywall-installation', 1, 'plastering/walls/drywall-installation', 50, '[
  {
    "id": "drywall_purpose",
    "label": "What for?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "partition", "label": "A new wall" },
      { "value": "lining", "label": "Lining of a wall" },
      { "value": "ceiling", "label": "A ceiling" }
    ]
  }
]'
);
