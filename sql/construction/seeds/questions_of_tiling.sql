-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'tiling', 1, 'tiling', 30, '[
  {
    "id": "tile_area",
    "label": "How large is the area?",
    "type": "number",
    "required": true,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "tile_material",
    "label": "Which tiles?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "ceramic", "label": "Ceramic" },
      { "value": "porcelain", "label": "Porcelain" },
      { "value": "stone", "label": "Natural stone" },
      { "value": "mosaic", "label": "Mosaic" },
      { "value": "undecided", "label": "Not decided" }
    ]
  },
  {
    "id": "remove_old_tiles",
    "label": "Shall old tiles be removed?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'bathroom-wall-tiling', 1, 'tiling/wall-tiles/bathroom-wall-tiling', 50, '[
  {
    "id": "waterproofing",
    "label": "Is waterproofing needed?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "yes", "label": "Yes" },
      { "value": "no", "label": "No" },
      { "value": "unknown", "label": "I do not know" }
    ]
  }
]'
);
