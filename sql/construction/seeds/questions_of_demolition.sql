-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'demolition', 1, 'demolition', 30, '[
  {
    "id": "asbestos",
    "label": "May there be asbestos?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "yes", "label": "Yes" },
      { "value": "no", "label": "No" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  {
    "id": "asbestos_report",
    "label": "Is there a report?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
    "visible_if": { "question": "asbestos", "one_of": [ "yes", "unknown" ] }
  },
  {
    "id": "debris_removal",
    "label": "Shall debris be taken away?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'wall-removal', 1, 'demolition/interior-demolition/wall-removal', 50, '[
  {
    "id": "load_bearing",
    "label": "Does the wall bear load?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "yes", "label": "Yes" },
      { "value": "no", "label": "No" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  {
    "id": "structural_plan",
    "label": "Is there an engineer''s plan?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
    "visible_if": { "question": "load_bearing", "one_of": [ "yes", "unknown" ] }
  }
]'
);
