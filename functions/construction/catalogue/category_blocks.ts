import type { Question, QuestionBlock } from "./types.ts";
import { area, count, measure, multi, single, text, when, yesNo } from "./write_questions.ts";

const block = (category: string, version: number, questions: Question[]): QuestionBlock => ({
  key: category,
  version,
  applies_to: category,
  position: 30,
  questions,
});

/** Asked for every service of a category. */
export const categoryBlocks: QuestionBlock[] = [
  block("painting", 1, [
    single("surface_condition", "In what condition are the surfaces?", {
      good: "Good",
      minor_damage: "Some cracks or holes",
      damaged: "Badly damaged",
    }),
    text("damage_description", "Describe the damage", 500, when("surface_condition", "minor_damage", "damaged")),
    single("color_choice", "Which color?", {
      white: "White",
      same: "The same as now",
      custom: "Another color",
      undecided: "Not decided",
    }),
    text("color_code", "Name or code of the color", 80, when("color_choice", "custom")),
  ]),
  block("flooring", 1, [
    area("floor_area", "How large is the floor?", { required: true }),
    single("old_floor", "What is there now?", {
      none: "Nothing",
      carpet: "Carpet",
      wood: "Wood",
      tiles: "Tiles",
      other: "Something else",
    }),
    single("remove_old_floor", "Shall it be removed?", yesNo, when("old_floor", "carpet", "wood", "tiles", "other")),
  ]),
  block("tiling", 1, [
    area("tile_area", "How large is the area?", { required: true }),
    single("tile_material", "Which tiles?", {
      ceramic: "Ceramic",
      porcelain: "Porcelain",
      stone: "Natural stone",
      mosaic: "Mosaic",
      undecided: "Not decided",
    }),
    single("remove_old_tiles", "Shall old tiles be removed?", yesNo),
  ]),
  block("plumbing", 1, [
    single("plumbing_urgency", "Is water running out?", { yes: "Yes, now", contained: "It is contained", no: "No" }),
    multi("plumbing_rooms", "In which rooms?", {
      bathroom: "Bathroom",
      kitchen: "Kitchen",
      utility: "Utility room",
      cellar: "Cellar",
      outside: "Outside",
    }),
    single("shutoff_access", "Can the water be shut off?", { yes: "Yes", no: "No", unknown: "I do not know" }),
  ]),
  block("electrical", 1, [
    single("electrical_age", "How old is the installation?", {
      under_10: "Less than 10 years",
      under_30: "10 to 30 years",
      older: "Older",
      unknown: "I do not know",
    }),
    single("supply_phases", "How many phases has the supply?", {
      one: "One",
      three: "Three",
      unknown: "I do not know",
    }),
  ]),
  block("roofing", 1, [
    area("roof_area", "How large is the roof?"),
    single("roof_access", "How is it reached?", {
      ladder: "By ladder",
      scaffold: "Needs scaffolding",
      hatch: "By a hatch",
    }),
    single("roof_leaking", "Does it leak?", yesNo),
  ]),
  block("carpentry", 1, [
    single("wood_type", "Which wood?", {
      softwood: "Softwood",
      hardwood: "Hardwood",
      mdf: "MDF or plywood",
      undecided: "Not decided",
    }),
    text("carpentry_dimensions", "Dimensions, as far as you know them", 500),
  ]),
  block("plastering", 1, [
    area("plaster_area", "How large is the area?"),
    single("plaster_finish", "Which finish?", { smooth: "Smooth", textured: "Textured", decorative: "Decorative" }),
  ]),
  block("hvac", 1, [
    area("heated_area", "How large is the area to be served?"),
    single("energy_source", "Which energy is there?", {
      gas: "Gas",
      oil: "Oil",
      electricity: "Electricity",
      district: "District heating",
      wood: "Wood or pellets",
    }),
  ]),
  block("windows", 1, [
    count("opening_count", "How many windows or doors?", [1, 500], { required: true }),
    single("frame_material", "Which frames?", {
      pvc: "PVC",
      wood: "Wood",
      aluminium: "Aluminium",
      undecided: "Not decided",
    }),
  ]),
  block("insulation", 1, [
    area("insulation_area", "How large is the area?", { required: true }),
    measure("insulation_thickness", "How thick?", ["cm", "in"], [0.5, 100]),
    single("insulation_material", "Which material?", {
      mineral_wool: "Mineral wool",
      foam: "Foam boards",
      cellulose: "Cellulose",
      wood_fibre: "Wood fibre",
      undecided: "Not decided",
    }),
  ]),
  block("landscaping", 1, [
    area("garden_area", "How large is the area?"),
    single("garden_access", "Can machines get there?", { easy: "Easily", narrow: "Through a narrow way", none: "No" }),
    single("remove_waste", "Shall green waste be taken away?", yesNo),
  ]),
  block("demolition", 1, [
    single("asbestos", "May there be asbestos?", { yes: "Yes", no: "No", unknown: "I do not know" }),
    single("asbestos_report", "Is there a report?", yesNo, when("asbestos", "yes", "unknown")),
    single("debris_removal", "Shall debris be taken away?", yesNo),
  ]),
  block("masonry", 1, [
    area("masonry_area", "How large is the area?"),
    single("masonry_material", "Which material?", {
      brick: "Brick",
      block: "Block",
      stone: "Stone",
      concrete: "Concrete",
    }),
  ]),
];
