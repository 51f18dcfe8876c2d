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
      result.push(...brokenCommentOn(line));
    }
  }
  return result.join("\n");
}

/** `comment on x is 'text';` with the text on lines of its own: Postgres joins constants that stand below each other. */
function brokenCommentOn(line: string): string[] {
  const match = /^(comment on .*? is)\s+'(.*)';$/.exec(line);
  if (!match) return [line];
  const pieces: string[] = [];
  let rest = match[2] ?? "";
  while ([...rest].length > maximumWidth - 6) {
    const [kept, remainder] = breakAtBlank(rest, maximumWidth - 6);
    if (!remainder) break;
    pieces.push(`${kept} `);
    rest = remainder;
  }
  pieces.push(rest);
  return [match[1] ?? "", ...pieces.map((piece, index) => `  '${piece}'${index === pieces.length - 1 ? ";" : ""}`)];
}

function breakAtBlank(line: string, width: number): [string, string] {
  const start = line.search(/\S/) + 4;
  const blank = line.lastIndexOf(" ", width);
  return blank > start ? [line.slice(0, blank), line.slice(blank + 1)] : [line, ""];
}

function isComment(line: string): boolean {
  return /^\s*-- /.test(line) && line.lastIndexOf(" ", maximumWidth) > line.search(/\S/) + 4;
}
