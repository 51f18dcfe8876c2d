-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'painting', 1, 'painting', 30, '[
  {
    "id": "surface_condition",
    "label": "In what condition are the surfaces?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "good", "label": "Good" },
      { "value": "minor_damage", "label": "Some cracks or holes" },
      { "value": "damaged", "label": "Badly damaged" }
    ]
  },
  {
    "id": "damage_description",
    "label": "Describe the damage",
    "type": "text",
    "required": false,
    "max_length": 500,
    "visible_if": { "question": "surface_condition", "one_of": [ "minor_damage", "damaged" ] }
  },
  {
    "id": "color_choice",
    "label": "Which color?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "white", "label": "White" },
      { "value": "same", "label": "The same as now" },
      { "value": "custom", "label": "Another color" },
      { "value": "undecided", "label": "Not decided" }
    ]
  },
  {
    "id": "color_code",
    "label": "Name or code of the color",
    "type": "text",
    "required": false,
    "max_length": 80,
    "visible_if": { "question": "color_choice", "one_of": [ "custom" ] }
  }
]'
);
select app.seed_question_block(
  'ceiling-painting', 1, 'painting/interior/ceiling-painting', 50, '[
  {
    "id": "room_type",
    "label": "Which room?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "living_room", "label": "Living room" },
      { "value": "bedroom", "label": "Bedroom" },
      { "value": "kitchen", "label": "Kitchen" },
      { "value": "bathroom", "label": "Bathroom" },
      { "value": "hallway", "label": "Hallway" },
      { "value": "office", "label": "Office" },
      { "value": "other", "label": "Another room" }
    ]
  },
  {
    "id": "ceiling_area",
    "label": "How large is the ceiling?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  }
]'
);
select app.seed_question_block(
  'door-and-trim-painting', 1, 'painting/interior/door-and-trim-painting', 50, '[
  {
    "id": "door_count",
    "label": "How many doors?",
    "type": "number",
    "required": true,
    "min": 0,
    "max": 200,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'facade-painting', 1, 'painting/exterior/facade-painting', 50, '[
  {
    "id": "facade_area",
    "label": "How large is the facade?",
    "type": "number",
    "required": true,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "storey_count",
    "label": "How many storeys?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 60,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'fence-painting', 1, 'painting/exterior/fence-painting', 50, '[
  {
    "id": "fence_length",
    "label": "How long is the fence?",
    "type": "number",
    "required": true,
    "min": 0.5,
    "max": 10000,
    "units": [ "m", "ft" ]
  }
]'
);
select app.seed_question_block(
  'wall-painting', 1, 'painting/interior/wall-painting', 50, '[
  {
    "id": "room_type",
    "label": "Which room?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "living_room", "label": "Living room" },
      { "value": "bedroom", "label": "Bedroom" },
      { "value": "kitchen", "label": "Kitchen" },
      { "value": "bathroom", "label": "Bathroom" },
      { "value": "hallway", "label": "Hallway" },
      { "value": "office", "label": "Office" },
      { "value": "other", "label": "Another room" }
    ]
  },
  {
    "id": "wall_count",
    "label": "How many walls?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 200,
    "whole": true
  },
  {
    "id": "ceiling_height",
    "label": "How high is the room?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 60,
    "units": [ "m", "ft" ]
  },
  {
    "id": "coat_count",
    "label": "How many coats?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 5,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'wallpapering', 1, 'painting/interior/wallpapering', 50, '[
  {
    "id": "room_type",
    "label": "Which room?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "living_room", "label": "Living room" },
      { "value": "bedroom", "label": "Bedroom" },
      { "value": "kitchen", "label": "Kitchen" },
      { "value": "bathroom", "label": "Bathroom" },
      { "value": "hallway", "label": "Hallway" },
      { "value": "office", "label": "Office" },
      { "value": "other", "label": "Another room" }
    ]
  },
  {
    "id": "old_wallpaper",
    "label": "Is there old wallpaper?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  },
  {
    "id": "wallpaper_layers",
    "label": "How many layers?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 10,
    "whole": true,
    "visible_if": { "question": "old_wallpaper", "one_of": [ "yes" ] }
  }
]'
);
