import { microServices } from "./micro_services.ts";
import type { Question, QuestionBlock } from "./types.ts";
import { area, count, measure, multi, single, text, when, yesNo } from "./write_questions.ts";

const rooms = {
  living_room: "Living room",
  bedroom: "Bedroom",
  kitchen: "Kitchen",
  bathroom: "Bathroom",
  hallway: "Hallway",
  office: "Office",
  other: "Another room",
};

const questions: Record<string, Question[]> = {
  "wall-painting": [
    single("room_type", "Which room?", rooms, { required: true }),
    count("wall_count", "How many walls?", [1, 200], { required: true }),
    measure("ceiling_height", "How high is the room?", ["m", "ft"], [1, 60]),
    count("coat_count", "How many coats?", [1, 5]),
  ],
  "ceiling-painting": [
    single("room_type", "Which room?", rooms, { required: true }),
    area("ceiling_area", "How large is the ceiling?"),
  ],
  "door-and-trim-painting": [count("door_count", "How many doors?", [0, 200], { required: true })],
  "wallpapering": [
    single("room_type", "Which room?", rooms, { required: true }),
    single("old_wallpaper", "Is there old wallpaper?", yesNo),
    count("wallpaper_layers", "How many layers?", [1, 10], when("old_wallpaper", "yes")),
  ],
  "facade-painting": [
    area("facade_area", "How large is the facade?", { required: true }),
    count("storey_count", "How many storeys?", [1, 60]),
  ],
  "fence-painting": [measure("fence_length", "How long is the fence?", ["m", "ft"], [0.5, 10_000], { required: true })],
  "hardwood-flooring": [
    single("laying_pattern", "Which pattern?", { straight: "Straight", herringbone: "Herringbone", other: "Another" }),
  ],
  "floor-sanding": [single("floor_finish", "Which finish?", { oil: "Oil", lacquer: "Lacquer", wax: "Wax" })],
  "bathroom-wall-tiling": [single("waterproofing", "Is waterproofing needed?", { ...yesNo, unknown: "I do not know" })],
  "leak-repair": [
    single("leak_location", "Where does it leak?", {
      tap: "At a tap",
      pipe: "At a pipe",
      toilet: "At a toilet",
      wall: "Behind a wall",
      unknown: "I do not know",
    }, { required: true }),
    text("leak_description", "Describe the leak", 1000),
  ],
  "toilet-installation": [
    single("toilet_type", "Which kind?", { floor: "Standing on the floor", wall: "Hung on the wall" }),
    single("remove_old_toilet", "Shall an old one be removed?", yesNo),
  ],
  "water-heater-installation": [
    measure("heater_volume", "How much water?", ["l", "gal"], [5, 5000]),
    single("heater_energy", "Which energy?", { gas: "Gas", electricity: "Electricity", solar: "Solar" }),
  ],
  "house-rewiring": [count("room_count", "How many rooms?", [1, 200], { required: true })],
  "outlet-installation": [count("outlet_count", "How many outlets?", [1, 200], { required: true })],
  "ev-charger-installation": [
    measure("charger_power", "Which power?", ["kW"], [1, 50]),
    measure("cable_length", "How far from the consumer unit?", ["m", "ft"], [0.5, 500]),
  ],
  "solar-panel-installation": [
    measure("yearly_consumption", "Yearly consumption", ["kWh"], [100, 1_000_000]),
    single("roof_orientation", "Where does the roof face?", {
      south: "South",
      east_west: "East and west",
      north: "North",
      flat: "It is flat",
    }),
  ],
  "roof-replacement": [
    multi("roof_covering", "Which coverings come into question?", {
      clay: "Clay tiles",
      concrete: "Concrete tiles",
      slate: "Slate",
      metal: "Metal",
    }, { max_items: 4 }),
  ],
  "kitchen-fitting": [
    measure("worktop_length", "Length of the worktop", ["m", "ft"], [0.5, 100]),
    multi("appliances", "Which appliances are to be fitted?", {
      oven: "Oven",
      hob: "Hob",
      dishwasher: "Dishwasher",
      fridge: "Fridge",
      hood: "Hood",
    }),
  ],
  "drywall-installation": [
    single("drywall_purpose", "What for?", {
      partition: "A new wall",
      lining: "Lining of a wall",
      ceiling: "A ceiling",
    }, {
      required: true,
    }),
  ],
  "heat-pump-installation": [
    single("heat_pump_type", "Which kind?", { air: "Air", ground: "Ground", water: "Water", undecided: "Not decided" }),
    measure("heat_demand", "Heat demand, if known", ["kW"], [1, 500]),
  ],
  "window-replacement": [
    single("glazing", "Which glazing?", { double: "Double", triple: "Triple", undecided: "Not decided" }),
  ],
  "tree-felling": [
    count("tree_count", "How many trees?", [1, 500], { required: true }),
    measure("tree_height", "How high is the highest?", ["m", "ft"], [0.5, 120]),
    single("stump_removal", "Shall stumps be removed?", yesNo),
  ],
  "paving": [
    single("paving_material", "Which material?", {
      concrete: "Concrete",
      stone: "Stone",
      clinker: "Clinker",
      gravel: "Gravel",
    }),
  ],
  "wall-removal": [
    single("load_bearing", "Does the wall bear load?", { ...yesNo, unknown: "I do not know" }, { required: true }),
    single("structural_plan", "Is there an engineer's plan?", yesNo, when("load_bearing", "yes", "unknown")),
  ],
};

/** Asked for one service alone. */
export const serviceBlocks: QuestionBlock[] = microServices.filter(({ slug }) => questions[slug]).map((service) => ({
  key: service.slug,
  version: 1,
  applies_to: `${service.category}/${service.subcategory}/${service.slug}`,
  position: 50,
  questions: questions[service.slug] ?? [],
}));
