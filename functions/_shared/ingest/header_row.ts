const numeric = /^[+-]?[\d\s.,]*\d[\d.,]*\s*(%|g|mg|kg|ml|l|kcal|kj)?$/i;
/** What a spreadsheet leaves where a header looked like a formula: no name at all. */
const spreadsheetError = /^#(NAME\?|REF!|VALUE!|N\/A|DIV\/0!|NULL!|NUM!)$/i;
const uri = /^(https?:\/\/|www\.)/i;

/**
 * Whether the first record names the columns: names are words, not numbers or addresses, and do not come again as values
 * below themselves.
 */
export function looksLikeHeader(records: readonly (readonly string[])[]): boolean {
  const first = records[0]?.map((cell) => cell.trim()) ?? [];
  const named = first.filter((cell) => cell !== "");
  if (named.length === 0) return false;
  if (named.some((cell) => uri.test(cell))) return false;
  const numbers = named.filter((cell) => numeric.test(cell)).length;
  if (numbers > 0 && numbers >= named.length * 0.1) return false;
  return named.every((cell) => cell.length <= 200);
}

/** The names the columns go by: cells as they stand, blanks and repetitions made unique, positions where nothing names them. */
export function columnNames(first: readonly string[], header: boolean): string[] {
  const seen = new Map<string, number>();
  return first.map((cell, index) => {
    const name = header && cell.trim() !== "" && !spreadsheetError.test(cell.trim())
      ? cell.trim().normalize("NFC")
      : `column_${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
