/** Key words and plain names are lower case, in statements and in the bodies of functions and `do` blocks. */
import { scanSync, type ScanToken } from "@libpg-query/parser";
import { lineAt, type Problem } from "./problem.ts";

type Word = { start: number; end: number; text: string };

/** The words of `file` that are not in lower case. */
export function checkSqlCase(file: string, text: string): Problem[] {
  return upperCaseWords(text).map(({ start, text: word }) => ({
    file,
    line: lineAt(text, start),
    message: `write ${word} in lower case`,
    fixable: true,
  }));
}

/** The text with those words in lower case. */
export function lowerSqlCase(text: string): string {
  let result = text;
  for (const { start, end, text: word } of upperCaseWords(text).reverse()) {
    result = result.slice(0, start) + word.toLowerCase() + result.slice(end);
  }
  return result;
}

function upperCaseWords(text: string): Word[] {
  return sqlTokens(text).flatMap((token) => {
    const body = token.tokenName === "SCONST" ? dollarQuoted(token.text) : null;
    if (body) {
      const offset = token.start + body.offset;
      return upperCaseWords(body.text).map((word) => ({
        ...word,
        start: word.start + offset,
        end: word.end + offset,
      }));
    }
    const isWord = token.keywordKind > 0 || token.tokenName === "IDENT";
    if (/%(\d+\$)?$/.test(text.slice(Math.max(0, token.start - 5), token.start))) return []; // %I and %1$L of format()
    return isWord && /^[a-z_]/i.test(token.text) && /[A-Z]/.test(token.text) && !token.text.includes('"')
      ? [token]
      : [];
  });
}

/** What stands between the dollar signs, if it is a body and not a piece of text. */
function dollarQuoted(token: string): { text: string; offset: number } | null {
  const match = /^(\$[a-z_]*\$)([\s\S]*)\1$/i.exec(token);
  if (!match || !/\b(begin|select|insert|update|delete|with)\b/i.test(match[2] ?? "")) return null;
  return { text: match[2] ?? "", offset: match[1]?.length ?? 0 };
}

/** The tokens with character offsets (the scanner counts bytes); none when the text cannot be read. */
function sqlTokens(text: string): ScanToken[] {
  const bytes = new TextEncoder().encode(text);
  const isAscii = bytes.length === text.length;
  const decoder = new TextDecoder();
  const offset = (byte: number) => isAscii ? byte : decoder.decode(bytes.subarray(0, byte)).length;
  try {
    return scanSync(text).tokens.map((token) => ({ ...token, start: offset(token.start), end: offset(token.end) }));
  } catch {
    return [];
  }
}
