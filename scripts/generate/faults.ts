export interface RowOptions {
  seed: number;
  /** Share of rows with a fault. */
  dirty: number;
}

/** Something that goes wrong in real files. */
export interface Fault<Column extends string> {
  field: Column;
  /** What ingestion says to it; null where it takes the cell as it is. */
  code: string | null;
  /** Whether the row cannot be applied at all; else it comes without the field. */
  losesRow?: boolean;
  /** Whether the cell counts as empty. */
  isBlank?: boolean;
  spoil(row: Record<Column, string>): void;
}

/** One row of a file, and what is wrong with it. */
export interface MadeRow {
  cells: string[];
  fault: Pick<Fault<string>, "field" | "code" | "losesRow" | "isBlank"> | undefined;
}
