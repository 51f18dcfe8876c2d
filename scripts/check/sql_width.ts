/** Lines end within 120 columns. Comments and the texts of `comment on` can be broken without judgement. */
import type { Problem } from "./problem.ts";

const maximumWidth = 120;

/** The lines of `file` that are too wide. */
export function checkSqlWidth(file: string, text: string): Problem[] {
  return text.split("\n").flatMap((line, index) => {
    const width = [...line].length;
    if (width <= maximumWidth) return [];
    const fixable = isComment(line) || /^comment on .* is '.*';$/.test(line);
    return [{ file, line: index + 1, message: `break the line: ${width} of ${maximumWidth} columns`, fixable }];
  });
}

/** The text with its comments and `comment on` statements broken where they are too wide. */
export function breakWideLines(text: string): string {
  const lines = text.split("\n");
  const result: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if ([...line].length <= maximumWidth) {
      result.push(line);
    } else if (isComment(line)) {
      const [kept, rest] = breakAtBlank(line, maximumWidth);
      result.push(kept);
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      const next = lines[index + 1] ?? "";
      const continues = new RegExp(`^${indent}-- [a-z(]`).test(next);
      if (continues) lines[index + 1] = `${indent}-- ${rest} ${next.slice(indent.length + 3)}`;
      else lines.splice(index + 1, 0, `${indent}-- ${rest}`);
    } else {
      result.push(...(isTextOfComment(result) ? brokenText(line) : brokenCommentOn(line)));
    }
  }
  return result.join("\n");
}

/** `comment on x is 'text';` with the text on lines of its own. */
function brokenCommentOn(line: string): string[] {
  const [, statement, text] = /^(comment on .*? is)\s+('.*';)$/.exec(line) ?? [];
  return statement && text ? [statement, ...brokenText(`  ${text}`)] : [line];
}

/** A line that holds one constant, as several: Postgres joins constants that stand below each other. */
function brokenText(line: string): string[] {
  const [, indent = "", text = "", end = ""] = /^(\s+)'(.*)'(;?)$/.exec(line) ?? [];
  const width = maximumWidth - indent.length - 4;
  if (!text) return [line];
  const pieces: string[] = [];
  let rest = text;
  while ([...rest].length > width) {
    const [kept, remainder] = breakAtBlank(rest, width);
    if (!remainder) break;
    pieces.push(`${kept} `);
    rest = remainder;
  }
  pieces.push(rest);
  return pieces.map((piece, index) => `${indent}'${piece}'${index === pieces.length - 1 ? end : ""}`);
}

/** True when the next line goes on with the text of a `comment on` that began above. */
function isTextOfComment(above: string[]): boolean {
  const start = above.findLastIndex((line) => !/^\s+'.*'$/.test(line));
  return /^comment on .* is$/.test(above[start] ?? "");
}

function breakAtBlank(line: string, width: number): [string, string] {
  const start = line.search(/\S/) + 4;
  const blank = line.lastIndexOf(" ", width);
  return blank > start ? [line.slice(0, blank), line.slice(blank + 1)] : [line, ""];
}

function isComment(line: string): boolean {
  return /^\s*-- /.test(line) && line.lastIndexOf(" ", maximumWidth) > line.search(/\S/) + 4;
}
