/** Rows a write holds. */
const pieceRows = 1000;

/** Writes a header and `rows` rows made by `row`, a piece at a time; returns the bytes written. */
export async function writeCsv(
  out: string,
  header: readonly string[],
  rows: number,
  row: (index: number) => readonly string[],
): Promise<number> {
  const file = out === "-" ? undefined : await Deno.open(out, { write: true, create: true, truncate: true });
  const writer = (file ?? Deno.stdout).writable.getWriter();
  const encoder = new TextEncoder();
  let bytes = 0;
  const send = async (lines: string[]) => {
    const piece = encoder.encode(lines.join(""));
    bytes += piece.length;
    await writer.write(piece);
  };
  await send([formatRow(header)]);
  for (let from = 0; from < rows; from += pieceRows) {
    const count = Math.min(pieceRows, rows - from);
    await send(Array.from({ length: count }, (_, at) => formatRow(row(from + at))));
  }
  // Closing waits for the last piece; stdout stays open for others.
  if (file) await writer.close();
  else writer.releaseLock();
  return bytes;
}

/** RFC 4180, with plain line feeds. */
export function formatRow(cells: readonly string[]): string {
  return cells.map((cell) => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(",") + "\n";
}
