/** Rules on the text of a SQL file that need no parser: blanks, tabs, line ends, the opening comment. */
import type { Problem } from "./problem.ts";

/** The text with everything put right that needs no judgement. */
export function tidySqlText(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n").map((line) => line.replaceAll("\t", "  ").trimEnd());
  return lines.join("\n").trim() + "\n";
}

/** What is wrong with the text of `file`. */
export function checkSqlText(file: string, text: string): Problem[] {
  const problems: Problem[] = [];
  const add = (line: number, message: string, fixable = false) => problems.push({ file, line, message, fixable });
  const lines = text.split("\n");
  if (!text.endsWith("\n") || text.endsWith("\n\n")) add(lines.length, "end the file with exactly one line end", true);
  if (!/^--\s+\S/.test(text)) add(1, "open the file with a comment that says why it exists (`-- ...`)");
  for (const [index, line] of lines.entries()) {
    if (line.endsWith("\r")) add(index + 1, "end lines with LF alone", true);
    else if (line !== line.trimEnd()) add(index + 1, "remove the blanks at the end of the line", true);
    if (line.includes("\t")) add(index + 1, "indent with blanks, not tabs", true);
  }
  return problems;
}
