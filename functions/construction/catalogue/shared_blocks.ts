import type { QuestionBlock } from "./types.ts";
import { count, date, multi, photos, single, text, when, yesNo } from "./write_questions.ts";

/** Asked for every service: the place first, time and remarks at the end. */
export const sharedBlocks: QuestionBlock[] = [
  {
    key: "property",
    version: 1,
    applies_to: null,
    position: 10,
    questions: [
      single("property_type", "What kind of property is it?", {
        house: "House",
        apartment: "Apartment",
        office: "Office",
        shop: "Shop",
        other: "Something else",
      }),
      count("floor_number", "On which floor?", [-5, 200], when("property_type", "apartment", "office")),
      single("has_lift", "Is there a lift?", yesNo, when("property_type", "apartment", "office")),
      single("ownership", "Do you own or rent it?", { own: "Own", rent: "Rent" }),
    ],
  },
  {
    key: "schedule",
    version: 1,
    applies_to: null,
    position: 90,
    questions: [
      single("urgency", "When should the work begin?", {
        urgent: "As soon as possible",
        weeks: "Within some weeks",
        flexible: "I am flexible",
        on_date: "On a certain date",
      }),
      date("start_date", "On which date?", when("urgency", "on_date")),
      multi("available_days", "When can somebody come and look?", {
        weekdays: "Weekdays",
        evenings: "Evenings",
        weekends: "Weekends",
      }),
    ],
  },
  {
    key: "remarks",
    version: 1,
    applies_to: null,
    position: 95,
    questions: [
      single("materials_by", "Who brings the materials?", {
        professional: "The professional",
        customer: "I do",
        both: "Both",
      }),
      photos("photos", "Photos of the place", 10),
      text("remarks", "What else should one know?", 2000),
    ],
  },
];
