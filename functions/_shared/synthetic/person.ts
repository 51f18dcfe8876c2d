import { pick, type Random, whole } from "./random.ts";

/** Loaded when the first person of a locale is made: a function that makes none starts without the word lists. */
const loaders = {
  de: () => import("@faker-js/faker/locale/de"),
  en: () => import("@faker-js/faker/locale/en"),
  en_GB: () => import("@faker-js/faker/locale/en_GB"),
  es: () => import("@faker-js/faker/locale/es"),
  fr: () => import("@faker-js/faker/locale/fr"),
  it: () => import("@faker-js/faker/locale/it"),
  nl: () => import("@faker-js/faker/locale/nl"),
  pl: () => import("@faker-js/faker/locale/pl"),
  pt_BR: () => import("@faker-js/faker/locale/pt_BR"),
  sv: () => import("@faker-js/faker/locale/sv"),
};

export type Locale = keyof typeof loaders;
export const locales = Object.keys(loaders) as [Locale, ...Locale[]];
export const userRoles = ["patient", "therapist"] as const;
export type UserRole = typeof userRoles[number];

export interface Person {
  full_name: string;
  birth_date: string;
  /** The part of the address before the @. */
  mailbox: string;
}

/** Makes people of one locale; the same numbers make the same person. */
export async function createPeople(locale: Locale): Promise<(random: Random, role: UserRole, year: number) => Person> {
  const { faker } = await loaders[locale]();
  return (random, role, year) => {
    // The library's generator is set for this one name; nothing else runs in between.
    faker.seed(whole(random, 0, 0x7fffffff));
    const first = faker.person.firstName(pick(random, ["female", "male"] as const));
    const last = faker.person.lastName();
    const [youngest, oldest] = role === "patient" ? [18, 85] : [28, 68];
    const born = Date.UTC(year - whole(random, youngest, oldest) - 1, 0, whole(random, 1, 365));
    return {
      full_name: `${first} ${last}`,
      birth_date: new Date(born).toISOString().slice(0, 10),
      mailbox: [plain(first), plain(last), whole(random, 0, 0xffffffff).toString(36)].join("."),
    };
  };
}

function plain(name: string): string {
  return name.normalize("NFKD").toLowerCase().replaceAll("ł", "l").replaceAll("ß", "ss").replace(/[^a-z]/g, "") ||
    "user";
}
