-- Generated from sql/construction/seeds/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/construction/seeds/micro_services.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_micro_services('[
  { "slug": "wall-painting", "name": "Wall painting", "category": "painting", "subcategory": "interior" },
  { "slug": "ceiling-painting", "name": "Ceiling painting", "category": "painting", "subcategory": "interior" },
  {
    "slug": "door-and-trim-painting",
    "name": "Door and trim painting",
    "category": "painting",
    "subcategory": "interior"
  },
  { "slug": "wallpapering", "name": "Wallpapering", "category": "painting", "subcategory": "interior" },
  { "slug": "cabinet-refinishing", "name": "Cabinet refinishing", "category": "painting", "subcategory": "interior" },
  { "slug": "facade-painting", "name": "Facade painting", "category": "painting", "subcategory": "exterior" },
  { "slug": "fence-painting", "name": "Fence painting", "category": "painting", "subcategory": "exterior" },
  { "slug": "deck-staining", "name": "Deck staining", "category": "painting", "subcategory": "exterior" },
  { "slug": "hardwood-flooring", "name": "Hardwood flooring", "category": "flooring", "subcategory": "hard-floors" },
  { "slug": "laminate-flooring", "name": "Laminate flooring", "category": "flooring", "subcategory": "hard-floors" },
  { "slug": "vinyl-flooring", "name": "Vinyl flooring", "category": "flooring", "subcategory": "hard-floors" },
  {
    "slug": "floor-sanding",
    "name": "Floor sanding and sealing",
    "category": "flooring",
    "subcategory": "hard-floors"
  },
  { "slug": "carpet-fitting", "name": "Carpet fitting", "category": "flooring", "subcategory": "soft-floors" },
  { "slug": "carpet-removal", "name": "Carpet removal", "category": "flooring", "subcategory": "soft-floors" },
  { "slug": "floor-leveling", "name": "Floor leveling", "category": "flooring", "subcategory": "subfloors" },
  { "slug": "screed-laying", "name": "Screed laying", "category": "flooring", "subcategory": "subfloors" },
  { "slug": "bathroom-wall-tiling", "name": "Bathroom wall tiling", "category": "tiling", "subcategory": "wall-tiles" },
  { "slug": "kitchen-backsplash", "name": "Kitchen backsplash", "category": "tiling", "subcategory": "wall-tiles" },
  { "slug": "floor-tiling", "name": "Floor tiling", "category": "tiling", "subcategory": "floor-tiles" },
  { "slug": "outdoor-tiling", "name": "Outdoor tiling", "category": "tiling", "subcategory": "floor-tiles" },
  { "slug": "tile-replacement", "name": "Tile replacement", "category": "tiling", "subcategory": "tile-repair" },
  { "slug": "regrouting", "name": "Regrouting", "category": "tiling", "subcategory": "tile-repair" },
  { "slug": "tap-replacement", "name": "Tap replacement", "category": "plumbing", "subcategory": "fixtures" },
  { "slug": "toilet-installation", "name": "Toilet installation", "category": "plumbing", "subcategory": "fixtures" },
  { "slug": "shower-installation", "name": "Shower installation", "category": "plumbing", "subcategory": "fixtures" },
  { "slug": "bathtub-installation", "name": "Bathtub installation", "category": "plumbing", "subcategory": "fixtures" },
  { "slug": "sink-installation", "name": "Sink installation", "category": "plumbing", "subcategory": "fixtures" },
  { "slug": "leak-repair", "name": "Leak repair", "category": "plumbing", "subcategory": "pipes" },
  { "slug": "drain-unblocking", "name": "Drain unblocking", "category": "plumbing", "subcategory": "pipes" },
  { "slug": "pipe-replacement", "name": "Pipe replacement", "category": "plumbing", "subcategory": "pipes" },
  {
    "slug": "water-heater-installation",
    "name": "Water heater installation",
    "category": "plumbing",
    "subcategory": "hot-water"
  },
  {
    "slug": "water-softener-installation",
    "name": "Water softener installation",
    "category": "plumbing",
    "subcategory": "hot-water"
  },
  { "slug": "house-rewiring", "name": "House rewiring", "category": "electrical", "subcategory": "wiring" },
  { "slug": "outlet-installation", "name": "Outlet installation", "category": "electrical", "subcategory": "wiring" },
  {
    "slug": "consumer-unit-upgrade",
    "name": "Consumer unit upgrade",
    "category": "electrical",
    "subcategory": "wiring"
  },
  { "slug": "indoor-lighting", "name": "Indoor lighting", "category": "electrical", "subcategory": "lighting" },
  { "slug": "outdoor-lighting", "name": "Outdoor lighting", "category": "electrical", "subcategory": "lighting" },
  {
    "slug": "ev-charger-installation",
    "name": "EV charger installation",
    "category": "electrical",
    "subcategory": "energy"
  },
  {
    "slug": "solar-panel-installation",
    "name": "Solar panel installation",
    "category": "electrical",
    "subcategory": "energy"
  },
  {
    "slug": "battery-storage-installation",
    "name": "Battery storage installation",
    "category": "electrical",
    "subcategory": "energy"
  },
  { "slug": "roof-replacement", "name": "Roof replacement", "category": "roofing", "subcategory": "pitched-roofs" },
  { "slug": "roof-tile-repair", "name": "Roof tile repair", "category": "roofing", "subcategory": "pitched-roofs" },
  {
    "slug": "roof-window-installation",
    "name": "Roof window installation",
    "category": "roofing",
    "subcategory": "pitched-roofs"
  },
  {
    "slug": "flat-roof-waterproofing",
    "name": "Flat roof waterproofing",
    "category": "roofing",
    "subcategory": "flat-roofs"
  },
  { "slug": "green-roof", "name": "Green roof", "category": "roofing", "subcategory": "flat-roofs" },
  { "slug": "gutter-installation", "name": "Gutter installation", "category": "roofing", "subcategory": "drainage" },
  { "slug": "gutter-cleaning", "name": "Gutter cleaning", "category": "roofing", "subcategory": "drainage" },
  { "slug": "fitted-wardrobes", "name": "Fitted wardrobes", "category": "carpentry", "subcategory": "joinery" },
  { "slug": "kitchen-fitting", "name": "Kitchen fitting", "category": "carpentry", "subcategory": "joinery" },
  { "slug": "shelving", "name": "Shelving", "category": "carpentry", "subcategory": "joinery" },
  {
    "slug": "interior-door-hanging",
    "name": "Interior door hanging",
    "category": "carpentry",
    "subcategory": "doors-and-stairs"
  },
  {
    "slug": "staircase-building",
    "name": "Staircase building",
    "category": "carpentry",
    "subcategory": "doors-and-stairs"
  },
  { "slug": "timber-framing", "name": "Timber framing", "category": "carpentry", "subcategory": "structural" },
  { "slug": "decking", "name": "Decking", "category": "carpentry", "subcategory": "structural" },
  { "slug": "wall-plastering", "name": "Wall plastering", "category": "plastering", "subcategory": "walls" },
  { "slug": "drywall-installation", "name": "Drywall installation", "category": "plastering", "subcategory": "walls" },
  { "slug": "plaster-repair", "name": "Plaster repair", "category": "plastering", "subcategory": "walls" },
  { "slug": "suspended-ceiling", "name": "Suspended ceiling", "category": "plastering", "subcategory": "ceilings" },
  { "slug": "stucco-restoration", "name": "Stucco restoration", "category": "plastering", "subcategory": "ceilings" },
  { "slug": "exterior-rendering", "name": "Exterior rendering", "category": "plastering", "subcategory": "render" },
  { "slug": "boiler-replacement", "name": "Boiler replacement", "category": "hvac", "subcategory": "heating" },
  { "slug": "radiator-installation", "name": "Radiator installation", "category": "hvac", "subcategory": "heating" },
  { "slug": "underfloor-heating", "name": "Underfloor heating", "category": "hvac", "subcategory": "heating" },
  { "slug": "heat-pump-installation", "name": "Heat pump installation", "category": "hvac", "subcategory": "heating" },
  {
    "slug": "air-conditioning-installation",
    "name": "Air conditioning installation",
    "category": "hvac",
    "subcategory": "cooling"
  },
  {
    "slug": "air-conditioning-service",
    "name": "Air conditioning service",
    "category": "hvac",
    "subcategory": "cooling"
  },
  { "slug": "ventilation-system", "name": "Ventilation system", "category": "hvac", "subcategory": "ventilation" },
  {
    "slug": "extractor-fan-installation",
    "name": "Extractor fan installation",
    "category": "hvac",
    "subcategory": "ventilation"
  },
  { "slug": "window-replacement", "name": "Window replacement", "category": "windows", "subcategory": "glazing" },
  { "slug": "glass-repair", "name": "Glass repair", "category": "windows", "subcategory": "glazing" },
  {
    "slug": "exterior-door-installation",
    "name": "Exterior door installation",
    "category": "windows",
    "subcategory": "openings"
  },
  {
    "slug": "patio-door-installation",
    "name": "Patio door installation",
    "category": "windows",
    "subcategory": "openings"
  },
  { "slug": "shutter-installation", "name": "Shutter installation", "category": "windows", "subcategory": "shading" },
  { "slug": "awning-installation", "name": "Awning installation", "category": "windows", "subcategory": "shading" },
  {
    "slug": "cavity-wall-insulation",
    "name": "Cavity wall insulation",
    "category": "insulation",
    "subcategory": "envelope"
  },
  {
    "slug": "external-wall-insulation",
    "name": "External wall insulation",
    "category": "insulation",
    "subcategory": "envelope"
  },
  { "slug": "loft-insulation", "name": "Loft insulation", "category": "insulation", "subcategory": "envelope" },
  { "slug": "floor-insulation", "name": "Floor insulation", "category": "insulation", "subcategory": "envelope" },
  { "slug": "soundproofing", "name": "Soundproofing", "category": "insulation", "subcategory": "acoustic" },
  { "slug": "lawn-laying", "name": "Lawn laying", "category": "landscaping", "subcategory": "planting" },
  { "slug": "hedge-trimming", "name": "Hedge trimming", "category": "landscaping", "subcategory": "planting" },
  { "slug": "tree-felling", "name": "Tree felling", "category": "landscaping", "subcategory": "planting" },
  { "slug": "paving", "name": "Paving", "category": "landscaping", "subcategory": "hardscape" },
  { "slug": "fence-building", "name": "Fence building", "category": "landscaping", "subcategory": "hardscape" },
  { "slug": "retaining-wall", "name": "Retaining wall", "category": "landscaping", "subcategory": "hardscape" },
  { "slug": "irrigation-system", "name": "Irrigation system", "category": "landscaping", "subcategory": "hardscape" },
  { "slug": "wall-removal", "name": "Wall removal", "category": "demolition", "subcategory": "interior-demolition" },
  {
    "slug": "bathroom-strip-out",
    "name": "Bathroom strip-out",
    "category": "demolition",
    "subcategory": "interior-demolition"
  },
  {
    "slug": "kitchen-strip-out",
    "name": "Kitchen strip-out",
    "category": "demolition",
    "subcategory": "interior-demolition"
  },
  {
    "slug": "shed-demolition",
    "name": "Shed demolition",
    "category": "demolition",
    "subcategory": "building-demolition"
  },
  {
    "slug": "house-demolition",
    "name": "House demolition",
    "category": "demolition",
    "subcategory": "building-demolition"
  },
  { "slug": "bricklaying", "name": "Bricklaying", "category": "masonry", "subcategory": "brickwork" },
  { "slug": "repointing", "name": "Repointing", "category": "masonry", "subcategory": "brickwork" },
  { "slug": "chimney-repair", "name": "Chimney repair", "category": "masonry", "subcategory": "brickwork" },
  { "slug": "concrete-slab", "name": "Concrete slab", "category": "masonry", "subcategory": "concrete" },
  { "slug": "foundation-work", "name": "Foundation work", "category": "masonry", "subcategory": "concrete" }
]');

-- sql/construction/seeds/questions_of_all.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'property', 1, null, 10, '[
  {
    "id": "property_type",
    "label": "What kind of property is it?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "house", "label": "House" },
      { "value": "apartment", "label": "Apartment" },
      { "value": "office", "label": "Office" },
      { "value": "shop", "label": "Shop" },
      { "value": "other", "label": "Something else" }
    ]
  },
  {
    "id": "floor_number",
    "label": "On which floor?",
    "type": "number",
    "required": false,
    "min": -5,
    "max": 200,
    "whole": true,
    "visible_if": { "question": "property_type", "one_of": [ "apartment", "office" ] }
  },
  {
    "id": "has_lift",
    "label": "Is there a lift?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
    "visible_if": { "question": "property_type", "one_of": [ "apartment", "office" ] }
  },
  {
    "id": "ownership",
    "label": "Do you own or rent it?",
    "type": "single",
    "required": false,
    "options": [ { "value": "own", "label": "Own" }, { "value": "rent", "label": "Rent" } ]
  }
]'
);
select app.seed_question_block(
  'schedule', 1, null, 90, '[
  {
    "id": "urgency",
    "label": "When should the work begin?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "urgent", "label": "As soon as possible" },
      { "value": "weeks", "label": "Within some weeks" },
      { "value": "flexible", "label": "I am flexible" },
      { "value": "on_date", "label": "On a certain date" }
    ]
  },
  {
    "id": "start_date",
    "label": "On which date?",
    "type": "date",
    "required": false,
    "visible_if": { "question": "urgency", "one_of": [ "on_date" ] }
  },
  {
    "id": "available_days",
    "label": "When can somebody come and look?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "weekdays", "label": "Weekdays" },
      { "value": "evenings", "label": "Evenings" },
      { "value": "weekends", "label": "Weekends" }
    ]
  }
]'
);
select app.seed_question_block(
  'remarks', 1, null, 95, '[
  {
    "id": "materials_by",
    "label": "Who brings the materials?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "professional", "label": "The professional" },
      { "value": "customer", "label": "I do" },
      { "value": "both", "label": "Both" }
    ]
  },
  { "id": "photos", "label": "Photos of the place", "type": "photos", "required": false, "max_items": 10 },
  { "id": "remarks", "label": "What else should one know?", "type": "text", "required": false, "max_length": 2000 }
]'
);

-- sql/construction/seeds/questions_of_carpentry.sql
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

-- sql/construction/seeds/questions_of_demolition.sql
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

-- sql/construction/seeds/questions_of_electrical.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'electrical', 1, 'electrical', 30, '[
  {
    "id": "electrical_age",
    "label": "How old is the installation?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "under_10", "label": "Less than 10 years" },
      { "value": "under_30", "label": "10 to 30 years" },
      { "value": "older", "label": "Older" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  {
    "id": "supply_phases",
    "label": "How many phases has the supply?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "one", "label": "One" },
      { "value": "three", "label": "Three" },
      { "value": "unknown", "label": "I do not know" }
    ]
  }
]'
);
select app.seed_question_block(
  'ev-charger-installation', 1, 'electrical/energy/ev-charger-installation', 50, '[
  {
    "id": "charger_power",
    "label": "Which power?",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 50,
    "units": [ "kW" ]
  },
  {
    "id": "cable_length",
    "label": "How far from the consumer unit?",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 500,
    "units": [ "m", "ft" ]
  }
]'
);
select app.seed_question_block(
  'house-rewiring', 1, 'electrical/wiring/house-rewiring', 50, '[
  {
    "id": "room_count",
    "label": "How many rooms?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 200,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'outlet-installation', 1, 'electrical/wiring/outlet-installation', 50, '[
  {
    "id": "outlet_count",
    "label": "How many outlets?",
    "type": "number",
    "required": true,
    "min": 1,
    "max": 200,
    "whole": true
  }
]'
);
select app.seed_question_block(
  'solar-panel-installation', 1, 'electrical/energy/solar-panel-installation', 50, '[
  {
    "id": "yearly_consumption",
    "label": "Yearly consumption",
    "type": "number",
    "required": false,
    "min": 100,
    "max": 1000000,
    "units": [ "kWh" ]
  },
  {
    "id": "roof_orientation",
    "label": "Where does the roof face?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "south", "label": "South" },
      { "value": "east_west", "label": "East and west" },
      { "value": "north", "label": "North" },
      { "value": "flat", "label": "It is flat" }
    ]
  }
]'
);

-- sql/construction/seeds/questions_of_flooring.sql
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

-- sql/construction/seeds/questions_of_hvac.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'hvac', 1, 'hvac', 30, '[
  {
    "id": "heated_area",
    "label": "How large is the area to be served?",
    "type": "number",
    "required": false,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "energy_source",
    "label": "Which energy is there?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "gas", "label": "Gas" },
      { "value": "oil", "label": "Oil" },
      { "value": "electricity", "label": "Electricity" },
      { "value": "district", "label": "District heating" },
      { "value": "wood", "label": "Wood or pellets" }
    ]
  }
]'
);
select app.seed_question_block(
  'heat-pump-installation', 1, 'hvac/heating/heat-pump-installation', 50, '[
  {
    "id": "heat_pump_type",
    "label": "Which kind?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "air", "label": "Air" },
      { "value": "ground", "label": "Ground" },
      { "value": "water", "label": "Water" },
      { "value": "undecided", "label": "Not decided" }
    ]
  },
  {
    "id": "heat_demand",
    "label": "Heat demand, if known",
    "type": "number",
    "required": false,
    "min": 1,
    "max": 500,
    "units": [ "kW" ]
  }
]'
);

-- sql/construction/seeds/questions_of_insulation.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'insulation', 1, 'insulation', 30, '[
  {
    "id": "insulation_area",
    "label": "How large is the area?",
    "type": "number",
    "required": true,
    "min": 0.1,
    "max": 100000,
    "units": [ "m2", "ft2" ]
  },
  {
    "id": "insulation_thickness",
    "label": "How thick?",
    "type": "number",
    "required": false,
    "min": 0.5,
    "max": 100,
    "units": [ "cm", "in" ]
  },
  {
    "id": "insulation_material",
    "label": "Which material?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "mineral_wool", "label": "Mineral wool" },
      { "value": "foam", "label": "Foam boards" },
      { "value": "cellulose", "label": "Cellulose" },
      { "value": "wood_fibre", "label": "Wood fibre" },
      { "value": "undecided", "label": "Not decided" }
    ]
  }
]'
);

-- sql/construction/seeds/questions_of_landscaping.sql
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

-- sql/construction/seeds/questions_of_masonry.sql
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

-- sql/construction/seeds/questions_of_painting.sql
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

-- sql/construction/seeds/questions_of_plastering.sql
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

-- sql/construction/seeds/questions_of_plumbing.sql
-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.
select app.seed_question_block(
  'plumbing', 1, 'plumbing', 30, '[
  {
    "id": "plumbing_urgency",
    "label": "Is water running out?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "yes", "label": "Yes, now" },
      { "value": "contained", "label": "It is contained" },
      { "value": "no", "label": "No" }
    ]
  },
  {
    "id": "plumbing_rooms",
    "label": "In which rooms?",
    "type": "multi",
    "required": false,
    "options": [
      { "value": "bathroom", "label": "Bathroom" },
      { "value": "kitchen", "label": "Kitchen" },
      { "value": "utility", "label": "Utility room" },
      { "value": "cellar", "label": "Cellar" },
      { "value": "outside", "label": "Outside" }
    ]
  },
  {
    "id": "shutoff_access",
    "label": "Can the water be shut off?",
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
select app.seed_question_block(
  'leak-repair', 1, 'plumbing/pipes/leak-repair', 50, '[
  {
    "id": "leak_location",
    "label": "Where does it leak?",
    "type": "single",
    "required": true,
    "options": [
      { "value": "tap", "label": "At a tap" },
      { "value": "pipe", "label": "At a pipe" },
      { "value": "toilet", "label": "At a toilet" },
      { "value": "wall", "label": "Behind a wall" },
      { "value": "unknown", "label": "I do not know" }
    ]
  },
  { "id": "leak_description", "label": "Describe the leak", "type": "text", "required": false, "max_length": 1000 }
]'
);
select app.seed_question_block(
  'toilet-installation', 1, 'plumbing/fixtures/toilet-installation', 50, '[
  {
    "id": "toilet_type",
    "label": "Which kind?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "floor", "label": "Standing on the floor" },
      { "value": "wall", "label": "Hung on the wall" }
    ]
  },
  {
    "id": "remove_old_toilet",
    "label": "Shall an old one be removed?",
    "type": "single",
    "required": false,
    "options": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ]
  }
]'
);
select app.seed_question_block(
  'water-heater-installation', 1, 'plumbing/hot-water/water-heater-installation', 50, '[
  {
    "id": "heater_volume",
    "label": "How much water?",
    "type": "number",
    "required": false,
    "min": 5,
    "max": 5000,
    "units": [ "l", "gal" ]
  },
  {
    "id": "heater_energy",
    "label": "Which energy?",
    "type": "single",
    "required": false,
    "options": [
      { "value": "gas", "label": "Gas" },
      { "value": "electricity", "label": "Electricity" },
      { "value": "solar", "label": "Solar" }
    ]
  }
]'
);

-- sql/construction/seeds/questions_of_roofing.sql
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

-- sql/construction/seeds/questions_of_tiling.sql
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

-- sql/construction/seeds/questions_of_windows.sql
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
