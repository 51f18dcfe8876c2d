import { createPeople, locales } from "../../functions/_shared/synthetic/person.ts";
import { createRandom, pick, whole } from "../../functions/_shared/synthetic/random.ts";
import type { RowOptions } from "./catalog.ts";

export const customerHeader = ["external_id", "full_name", "email", "phone", "dob", "gender", "custom_tags"] as const;

type Column = typeof customerHeader[number];

const groups = ["newsletter", "vip", "wholesale", "trial", "app"];

/** Makes the customers of one file, each by its number; names of every locale the platform knows. */
export async function createCustomerRows({ seed, dirty }: RowOptions): Promise<(index: number) => string[]> {
  const people = await Promise.all(locales.map(createPeople));
  return (index) => {
    const random = createRandom(seed, index, 3);
    const { full_name, birth_date, mailbox } = pick(random, people)(random, "patient", 2026);
    const cells: Record<Column, string> = {
      external_id: `CUST-${String(index + 1).padStart(8, "0")}`,
      full_name,
      email: `${mailbox}.${index}@example.com`,
      phone: `+1202555${String(whole(random, 0, 9999)).padStart(4, "0")}`,
      dob: birth_date,
      gender: pick(random, ["female", "male", "other"]),
      custom_tags: groups.filter(() => random() < 0.2).join("|"),
    };
    if (random() < dirty) pick(random, faults)(cells);
    return customerHeader.map((column) => cells[column]);
  };
}

const faults: ((cells: Record<Column, string>) => void)[] = [
  (cells) => cells.full_name = "",
  (cells) => cells.external_id = "",
  (cells) => cells.email = "nobody at example",
  (cells) => cells.dob = "31/31/1980",
  (cells) => cells.phone = "call me",
];
