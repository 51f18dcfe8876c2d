/** Pieces of SQL text: quoted identifiers, and parameters that Postgres casts from text itself. */

/** A name as an identifier, whatever it holds. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Collects the values of a statement. All travel as text, so that the database alone interprets them. */
export class Parameters {
  readonly values: (string | null)[] = [];

  /** The text to stand in the statement for `value`, cast to `type` (as Postgres spells it) where one is known. */
  add(value: string | null, type?: string): string {
    this.values.push(value);
    const text = `$${this.values.length}::text`;
    return type && type !== "text" ? `cast(${text} as ${type})` : text;
  }
}

/** The literal of an array of text values. */
export function arrayLiteral(values: string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
