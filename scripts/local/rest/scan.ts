/** Splits the texts of a query string, minding quotes and brackets. */
import { errors } from "./errors.ts";

/** Parts of `text` between the separators that stand outside quotes and brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [depth, quoted, start] = [0, false, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  if (depth !== 0 || quoted) throw errors.badQuery(`"failed to parse (${text})"`, "unexpected end of input");
  return [...parts, text.slice(start)];
}

/** Takes the quotes off a quoted value. */
export function unquote(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text);
  return quoted ? quoted[1]!.replace(/\\(.)/gs, "$1") : text;
}

/** What stands between the outer parentheses. */
export function insideParentheses(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) {
    throw errors.badQuery(`"failed to parse (${text})"`, `expecting "(" and ")" around the list`);
  }
  return text.slice(1, -1);
}
