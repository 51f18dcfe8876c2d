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
