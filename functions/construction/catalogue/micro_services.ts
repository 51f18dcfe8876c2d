import type { MicroService } from "./types.ts";

/**
 * The services offered: category, subcategory, service. Slugs are for ever: a uuid is derived from each, and jobs name
 * them. `npm run construction-seeds` writes what the database is seeded with from this list.
 */
const tree: Record<string, Record<string, Record<string, string>>> = {
  painting: {
    interior: {
      "wall-painting": "Wall painting",
      "ceiling-painting": "Ceiling painting",
      "door-and-trim-painting": "Door and trim painting",
      "wallpapering": "Wallpapering",
      "cabinet-refinishing": "Cabinet refinishing",
    },
    exterior: {
      "facade-painting": "Facade painting",
      "fence-painting": "Fence painting",
      "deck-staining": "Deck staining",
    },
  },
  flooring: {
    "hard-floors": {
      "hardwood-flooring": "Hardwood flooring",
      "laminate-flooring": "Laminate flooring",
      "vinyl-flooring": "Vinyl flooring",
      "floor-sanding": "Floor sanding and sealing",
    },
    "soft-floors": {
      "carpet-fitting": "Carpet fitting",
      "carpet-removal": "Carpet removal",
    },
    subfloors: {
      "floor-leveling": "Floor leveling",
      "screed-laying": "Screed laying",
    },
  },
  tiling: {
    "wall-tiles": {
      "bathroom-wall-tiling": "Bathroom wall tiling",
      "kitchen-backsplash": "Kitchen backsplash",
    },
    "floor-tiles": {
      "floor-tiling": "Floor tiling",
      "outdoor-tiling": "Outdoor tiling",
    },
    "tile-repair": {
      "tile-replacement": "Tile replacement",
      "regrouting": "Regrouting",
    },
  },
  plumbing: {
    fixtures: {
      "tap-replacement": "Tap replacement",
      "toilet-installation": "Toilet installation",
      "shower-installation": "Shower installation",
      "bathtub-installation": "Bathtub installation",
      "sink-installation": "Sink installation",
    },
    pipes: {
      "leak-repair": "Leak repair",
      "drain-unblocking": "Drain unblocking",
      "pipe-replacement": "Pipe replacement",
    },
    "hot-water": {
      "water-heater-installation": "Water heater installation",
      "water-softener-installation": "Water softener installation",
    },
  },
  electrical: {
    wiring: {
      "house-rewiring": "House rewiring",
      "outlet-installation": "Outlet installation",
      "consumer-unit-upgrade": "Consumer unit upgrade",
    },
    lighting: {
      "indoor-lighting": "Indoor lighting",
      "outdoor-lighting": "Outdoor lighting",
    },
    energy: {
      "ev-charger-installation": "EV charger installation",
      "solar-panel-installation": "Solar panel installation",
      "battery-storage-installation": "Battery storage installation",
    },
  },
  roofing: {
    "pitched-roofs": {
      "roof-replacement": "Roof replacement",
      "roof-tile-repair": "Roof tile repair",
      "roof-window-installation": "Roof window installation",
    },
    "flat-roofs": {
      "flat-roof-waterproofing": "Flat roof waterproofing",
      "green-roof": "Green roof",
    },
    drainage: {
      "gutter-installation": "Gutter installation",
      "gutter-cleaning": "Gutter cleaning",
    },
  },
  carpentry: {
    joinery: {
      "fitted-wardrobes": "Fitted wardrobes",
      "kitchen-fitting": "Kitchen fitting",
      "shelving": "Shelving",
    },
    "doors-and-stairs": {
      "interior-door-hanging": "Interior door hanging",
      "staircase-building": "Staircase building",
    },
    structural: {
      "timber-framing": "Timber framing",
      "decking": "Decking",
    },
  },
  plastering: {
    walls: {
      "wall-plastering": "Wall plastering",
      "drywall-installation": "Drywall installation",
      "plaster-repair": "Plaster repair",
    },
    ceilings: {
      "suspended-ceiling": "Suspended ceiling",
      "stucco-restoration": "Stucco restoration",
    },
    render: {
      "exterior-rendering": "Exterior rendering",
    },
  },
  hvac: {
    heating: {
      "boiler-replacement": "Boiler replacement",
      "radiator-installation": "Radiator installation",
      "underfloor-heating": "Underfloor heating",
      "heat-pump-installation": "Heat pump installation",
    },
    cooling: {
      "air-conditioning-installation": "Air conditioning installation",
      "air-conditioning-service": "Air conditioning service",
    },
    ventilation: {
      "ventilation-system": "Ventilation system",
      "extractor-fan-installation": "Extractor fan installation",
    },
  },
  windows: {
    glazing: {
      "window-replacement": "Window replacement",
      "glass-repair": "Glass repair",
    },
    openings: {
      "exterior-door-installation": "Exterior door installation",
      "patio-door-installation": "Patio door installation",
    },
    shading: {
      "shutter-installation": "Shutter installation",
      "awning-installation": "Awning installation",
    },
  },
  insulation: {
    envelope: {
      "cavity-wall-insulation": "Cavity wall insulation",
      "external-wall-insulation": "External wall insulation",
      "loft-insulation": "Loft insulation",
      "floor-insulation": "Floor insulation",
    },
    acoustic: {
      "soundproofing": "Soundproofing",
    },
  },
  landscaping: {
    planting: {
      "lawn-laying": "Lawn laying",
      "hedge-trimming": "Hedge trimming",
      "tree-felling": "Tree felling",
    },
    hardscape: {
      "paving": "Paving",
      "fence-building": "Fence building",
      "retaining-wall": "Retaining wall",
      "irrigation-system": "Irrigation system",
    },
  },
  demolition: {
    "interior-demolition": {
      "wall-removal": "Wall removal",
      "bathroom-strip-out": "Bathroom strip-out",
      "kitchen-strip-out": "Kitchen strip-out",
    },
    "building-demolition": {
      "shed-demolition": "Shed demolition",
      "house-demolition": "House demolition",
    },
  },
  masonry: {
    brickwork: {
      "bricklaying": "Bricklaying",
      "repointing": "Repointing",
      "chimney-repair": "Chimney repair",
    },
    concrete: {
      "concrete-slab": "Concrete slab",
      "foundation-work": "Foundation work",
    },
  },
};

/** Every service, in the order of the list. */
export const microServices: readonly MicroService[] = Object.entries(tree).flatMap(([category, subcategories]) =>
  Object.entries(subcategories).flatMap(([subcategory, services]) =>
    Object.entries(services).map(([slug, name]) => ({ slug, name, category, subcategory }))
  )
);
