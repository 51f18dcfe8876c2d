/** Files of `npm run generate`, dirty rows included, ingested: each fault is told as it says, all else arrives. */
import { deepStrictEqual, strictEqual } from "node:assert";
import { catalogFaults, catalogHeader, createCatalogRows } from "../../scripts/generate/catalog.ts";
import { createCustomerRows, customerFaults, customerHeader } from "../../scripts/generate/customers.ts";
import type { MadeRow } from "../../scripts/generate/faults.ts";
import { api, ingest } from "./ingest_client.ts";
import { connect, createPerson, type Person } from "./people.ts";

const [rows, seed] = [400, 9];
const sql = connect();

type Kind = "catalog" | "customers";

/** The file as the command writes it, and its rows as the same seed makes them. */
async function generate(kind: Kind, row: (index: number) => MadeRow) {
  const out = await Deno.makeTempFile({ suffix: ".csv" });
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "scripts/generate.ts", kind, `--rows=${rows}`, `--seed=${seed}`, "--dirty=30", `--out=${out}`],
    stdout: "null",
    stderr: "piped",
  }).output();
  strictEqual(code, 0, new TextDecoder().decode(stderr));
  const bytes = await Deno.readFile(out);
  await Deno.remove(out);
  return { bytes, made: Array.from({ length: rows }, (_, index) => row(index)) };
}

/** Row, field and code of everything a job complains of. */
async function complaints(person: Person, jobId: string): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) };
    const { body } = await api.ask("GET", `/v1/jobs/${jobId}/errors`, { token: person.token, query });
    for (const { row_no, field, code } of body.data) found.push(`${row_no} ${field} ${code}`);
    cursor = body.next_cursor;
  }
  return found;
}

/** Nutrients are told by their place in the product. */
const told = (field: string) => /^calories$|_g$/.test(field) ? `nutrition.${field}` : field;

const expected = (made: MadeRow[]) =>
  made.flatMap(({ fault }, index) => fault?.code ? [`${index + 1} ${told(fault.field)} ${fault.code}`] : []);

/** The cells of the rows that must arrive, those with a fault that costs the field without it. */
const arriving = (made: MadeRow[], header: readonly string[]) =>
  made.filter(({ fault }) => !fault?.losesRow).map(({ cells, fault }) =>
    Object.fromEntries(
      header.map((name, at) => [name, (fault?.code || fault?.isBlank) && name === fault.field ? null : cells[at]!]),
    )
  ) as Record<string, string | null>[];

Deno.test("generated catalogs: each dirty row ends in its error, and all good ones arrive as they are", async () => {
  const { bytes, made } = await generate("catalog", createCatalogRows({ seed, dirty: 0.3 }));
  strictEqual(new Set(made.map(({ fault }) => fault)).size, catalogFaults.length + 1, "every fault is there");
  const person = await createPerson("gen", { role: "vendor_operator", vendor: "gen-catalog" });
  const job = await ingest(person, bytes);
  strictEqual(job.status, "completed", JSON.stringify(job.error));
  deepStrictEqual(await complaints(person, job.id), expected(made));

  const stored = await sql`
    select external_id, barcode, name, brand, description, price::text, nutrition, allergens, dietary_tags
    from public.products where vendor_id = ${person.vendorId} order by external_id`;
  const wanted = arriving(made, catalogHeader);
  deepStrictEqual([job.totals.rows_read, job.totals.inserted], [rows, wanted.length]);
  const number = (cell: string | null | undefined) => cell === null ? undefined : Number(cell);
  const list = (cell: string | null | undefined) => cell ? cell.split("|").filter((word) => word !== "none") : [];
  deepStrictEqual(
    stored.map(({ nutrition, allergens, dietary_tags, ...row }) => ({
      ...row,
      nutrition: [nutrition.calories, nutrition.protein_g, nutrition.carbs_g, nutrition.fat_g],
      allergens: allergens.toSorted(),
      dietary_tags: (dietary_tags ?? []).toSorted(),
    })),
    wanted.map(({ external_id, barcode, name, brand, description, price, ...row }) => ({
      external_id,
      barcode,
      name,
      brand,
      // Line breaks within a cell are blanks.
      description: description!.replaceAll("\n", " "),
      price,
      nutrition: [row.calories, row.protein_g, row.carbs_g, row.fat_g].map(number),
      allergens: row.allergens === "moon dust" ? ["other:moon_dust"] : list(row.allergens).toSorted(),
      dietary_tags: list(row.dietary_tags).toSorted(),
    })),
  );
});

Deno.test("generated customers: each dirty row ends in its error, and all good ones arrive as they are", async () => {
  const { bytes, made } = await generate("customers", await createCustomerRows({ seed, dirty: 0.3 }));
  strictEqual(new Set(made.map(({ fault }) => fault)).size, customerFaults.length + 1, "every fault is there");
  const person = await createPerson("gen-2", { role: "vendor_operator", vendor: "gen-customers" });
  const job = await ingest(person, bytes, {}, "customers");
  strictEqual(job.status, "completed", JSON.stringify(job.error));
  deepStrictEqual(await complaints(person, job.id), expected(made));

  const stored = await sql`
    select external_id, full_name, email, phone, dob::text, gender, custom_tags
    from public.customers where vendor_id = ${person.vendorId} order by external_id`;
  const wanted = arriving(made, customerHeader);
  deepStrictEqual([job.totals.rows_read, job.totals.inserted], [rows, wanted.length]);
  deepStrictEqual(
    [...stored],
    wanted.map(({ custom_tags, ...row }) => ({ ...row, custom_tags: custom_tags ? custom_tags.split("|") : null })),
  );
});

Deno.test("generated files: the connection is given back", () => sql.end());
