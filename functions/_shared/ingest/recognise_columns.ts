/** What a column's cells say it is. */
export type Recognised = { field: string; confidence: number; reason: string };

/** Fewer rows prove nothing. */
const leastRows = 3;

/**
 * Recognises columns by their cells, and only where they leave no doubt: barcodes by their check digits and email
 * addresses, whatever the column's name, and of columns that nothing names (`column_3`) web addresses, the one column of
 * distinct wordings as the name, and where there is no barcode the one column of distinct codes as the key. It is for fields
 * that no header answers.
 */
export function recogniseColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Record<string, Recognised> {
  const found: Record<string, Recognised> = {};
  if (rows.length < leastRows) return found;
  const columns = names.map((name, index) => ({ name, cells: rows.map((row) => (row[index] ?? "").trim()) }));
  const nameless = columns.filter(({ name }, index) => name === `column_${index + 1}`);
  const only = (
    field: string,
    confidence: number,
    reason: string,
    test: (cells: string[]) => boolean,
    among = nameless,
  ) => {
    const fitting = among.filter(({ name, cells }) => !(name in found) && test(cells));
    if (fitting.length === 1) found[fitting[0]!.name] = { field, confidence, reason };
    return fitting.length;
  };
  const barcodes = only("barcode", 0.9, "its cells are GTINs with right check digits", areGtins, columns);
  only("email", 0.9, "its cells are email addresses", (cells) => share(cells, isEmail) >= 0.9, columns);
  only("image_url", 0.8, "its cells are addresses of pictures", (cells) => share(cells, isPicture) >= 0.9);
  only("source_url", 0.7, "its cells are addresses", (cells) => share(cells, isAddress) >= 0.9);
  if (barcodes === 0) {
    only(
      "external_id",
      0.7,
      "the only column with a distinct code in every row",
      (cells) => share(cells, isCode) === 1 && areDistinct(cells),
    );
  }
  only(
    "name",
    0.7,
    "the only column with a wording of its own in nearly every row",
    (cells) => share(cells, isWording) >= 0.9 && new Set(cells).size >= cells.length * 0.8,
  );
  return found;
}

function share(cells: readonly string[], test: (cell: string) => boolean): number {
  return cells.filter(test).length / cells.length;
}

function areGtins(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  return filled.length >= leastRows && share(filled, isGtin) >= 0.9 && areDistinct(filled);
}

function areDistinct(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  return new Set(filled).size === filled.length;
}

function isGtin(cell: string): boolean {
  if (!/^\d{8}$|^\d{12,14}$/.test(cell) || /^0+$/.test(cell)) return false;
  const sum = [...cell].reverse().reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

const isEmail = (cell: string) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(cell);
const isAddress = (cell: string) => /^https?:\/\/\S+$/i.test(cell);
const isPicture = (cell: string) => /^https?:\/\/\S+\.(jpe?g|png|webp|gif|avif)(\?\S*)?$/i.test(cell);
/** A key: no blanks, a digit in it, and no amount (`3.50`). */
const isCode = (cell: string) =>
  /^[\p{L}\d][\p{L}\d_\-/]{0,63}$/u.test(cell) && /\d/.test(cell) && !/^\d{4}-\d\d?-\d\d?$/.test(cell);
const isWording = (cell: string) => /\p{L}{3}/u.test(cell) && cell.length <= 200 && !isAddress(cell);
