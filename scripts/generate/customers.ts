import { createPeople, locales } from "../../functions/_shared/synthetic/person.ts";
import { createRandom, pick, whole } from "../../functions/_shared/synthetic/random.ts";
import type { Fault, MadeRow, RowOptions } from "./faults.ts";

export const customerHeader = ["external_id", "full_name", "email", "phone", "dob", "gender", "custom_tags"] as const;

type Column = typeof customerHeader[number];

const groups = ["newsletter", "vip", "wholesale", "trial", "app"];

/** Makes the customers of one file, each by its number; names of every locale the platform knows. */
export async function createCustomerRows({ seed, dirty }: RowOptions): Promise<(index: number) => MadeRow> {
  const people = await Promise.all(locales.map(createPeople));
  return (index) => {
    const random = createRandom(seed, index, 3);
    const { full_name, birth_date, mailbox } = pick(random, people)(random, "patient", 2026);
    const row: Record<Column, string> = {
      external_id: `CUST-${String(index + 1).padStart(8, "0")}`,
      full_name,
      email: `${mailbox}.${index}@example.com`,
      phone: `+1202555${String(whole(random, 0, 9999)).padStart(4, "0")}`,
      dob: birth_date,
      gender: pick(random, ["female", "male", "other"]),
      custom_tags: groups.filter(() => random() < 0.2).join("|"),
    };
    const fault = random() < dirty ? pick(random, customerFaults) : undefined;
    fault?.spoil(row);
    return { cells: customerHeader.map((column) => row[column]), fault };
  };
}

/** What goes wrong in real files, and what ingestion says to it. */
export const customerFaults: readonly Fault<Column>[] = [
  { field: "full_name", code: "required", losesRow: true, spoil: (row) => row.full_name = "" },
  { field: "external_id", code: "required", losesRow: true, spoil: (row) => row.external_id = "" },
  { field: "email", code: "invalid_email", losesRow: true, spoil: (row) => row.email = "nobody at example" },
  { field: "dob", code: "invalid_dob", spoil: (row) => row.dob = "31/31/1980" },
  { field: "phone", code: "invalid_phone", spoil: (row) => row.phone = "call me" },
];
