/** `npm run generate`: CSV files of made-up products or customers, as large as wanted, in flat memory. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { catalogHeader, createCatalogRows } from "./generate/catalog.ts";
import { createCustomerRows, customerHeader } from "./generate/customers.ts";
import { writeCsv } from "./generate/write_csv.ts";

const help = `npm run generate -- catalog|customers --rows N --out FILE.csv [FLAGS]

Writes a CSV file of made-up products or customers, ready for npm run ingest. The same seed gives the same file, and
its first rows are the same whatever --rows says.

  --rows N      how many rows (1000)
  --seed S      0 to 4294967295 (1)
  --out FILE    where to; - writes to stdout
  --dirty PCT   share of rows with a fault in them, 0 to 100 (0)
  --help        this text

Products: energy is 4/4/9 of protein, carbohydrates and fat; allergens are those of the ingredients; barcodes carry
their check digit.`;

await runCommand(async () => {
  const text = { type: "string" } as const;
  const { values, positionals: [kind, ...others] } = readFlags({
    help,
    positionals: true,
    options: { rows: text, seed: text, out: text, dirty: text },
  });
  if ((kind !== "catalog" && kind !== "customers") || others.length > 0) {
    throw new CommandError("Say what to make: catalog or customers; --help lists what there is.", 2);
  }
  if (!values.out) throw new CommandError("--out is missing: name the file to write, or - for stdout.", 2);
  const rows = number("rows", values.rows ?? "1000", 1, 100_000_000);
  const seed = number("seed", values.seed ?? "1", 0, 4_294_967_295);
  const dirty = number("dirty", values.dirty ?? "0", 0, 100) / 100;
  const [header, row] = kind === "catalog"
    ? [catalogHeader, createCatalogRows({ seed, dirty })] as const
    : [customerHeader, await createCustomerRows({ seed, dirty })] as const;
  const bytes = await writeCsv(values.out, header, rows, (index) => row(index).cells);
  console.error(`${rows} rows, ${bytes} bytes`);
});

function number(flag: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && value <= most) return value;
  throw new CommandError(`--${flag} must be a whole number from ${least} to ${most}, not ${given}.`, 2);
}
