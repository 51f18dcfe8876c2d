-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'flooring', 1, 'flooring', 30, '[
  {
    "id": "floor_area",
    "label": "How large is the floor?",
    "type": "number",
    "required": true,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "old_floor",
    "label": "What is there now?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "none", "label": "Nothing" },
      { "value": "carpet", "label": "Carpet" },
      { "value": "wood", "label": "Wood" },
      { "value": "tiles", "label": "Tiles" },
      { "value": "other", "label": "Something else" }
    ]
  },
  {
    "id": "remove_old_floor",
    "label": "Shall it be removed?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
    "visible_if": { "question": "old_floor", "one_of": [ "carpet", "wood", "tiles", "other" ] }
  }
]'
);
select app.seed_question_block(
  'floor-sanding', 1, 'flooring/hard-floors/floor-sanding', 50, '[
  {
    "id": "floor_finish",
    "label": "Which finish?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "oil", "label": "Oil" },
      { "value": "lacquer", "label": "Lacquer" },
      { "value": "wax", "label": "Wax" }
    ]
  }
]'
);
select app.seed_question_block(
  'hardwood-flooring', 1, 'flooring/hard-floors/hardwood-flooring', 50, '[
  {
    "id": "laying_pattern",
    "label": "Which pattern?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "straight", "label": "Straight" },
      { "value": "herringbone", "label": "Herringbone" },
      { "value": "other", "label": "Another" }
    ]
  }
]'
);
