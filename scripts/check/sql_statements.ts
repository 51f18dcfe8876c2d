/** The statements of a SQL file as Postgres itself parses them, each with its place in the text. */
import { hasSqlDetails, parsePlPgSQLSync, parseSync } from "@libpg-query/parser";

/** A node of Postgres's parse tree: one key, its kind, and the fields below it. */
// deno-lint-ignore no-explicit-any
export type Node = any;

/** One statement: its kind (`CreateFunctionStmt`), fields, source text and the offset where it begins. */
export type Statement = { kind: string; fields: Node; text: string; offset: number };

/** A text that Postgres refuses, with the character offset of the mistake. */
export class SqlSyntaxError extends Error {
  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

/** Parses a whole file. */
export function parseStatements(text: string): Statement[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const tree: Node = parse(text);
  return (tree.stmts ?? []).map((entry: Node) => {
    const start = entry.stmt_location ?? 0;
    const length = entry.stmt_len ?? bytes.length - start;
    const raw = decoder.decode(bytes.subarray(start, start + length));
    const leading = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(raw)?.[0].length ?? 0;
    const kind = Object.keys(entry.stmt)[0] ?? "";
    return {
      kind,
      fields: entry.stmt[kind],
      text: raw.slice(leading),
      offset: decoder.decode(bytes.subarray(0, start)).length + leading,
    };
  });
}

/** Parses one SQL text; throws a `SqlSyntaxError`. */
export function parse(text: string): Node {
  try {
    return parseSync(text);
  } catch (error) {
    throw syntaxError(error);
  }
}

/** The tree of a plpgsql function or `do` block; throws a `SqlSyntaxError`. */
export function parsePlpgsql(statement: string): Node {
  try {
    return parsePlPgSQLSync(statement);
  } catch (error) {
    // The parser's JSON for a few correct functions is broken; npm run migrations has Postgres itself compile them.
    if (/ JSON /.test((error as Error).message)) return {};
    throw syntaxError(error);
  }
}

function syntaxError(error: unknown): SqlSyntaxError {
  const offset = hasSqlDetails(error) ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
  return new SqlSyntaxError((error as Error).message, offset);
}

/** Every node of a tree that has `kind` as its key, e.g. all `PLpgSQL_stmt_dynexecute`. */
export function findNodes(tree: Node, kind: string): Node[] {
  if (tree === null || typeof tree !== "object") return [];
  return Object.entries(tree).flatMap(([key, value]) => [
    ...(key === kind ? [value] : []),
    ...findNodes(value, kind),
  ]);
}

/** The last part of a qualified name, and its schema. */
export function nameOf(parts: Node[]): { schema: string; name: string } {
  const names: string[] = parts.map((part) => part.String?.sval ?? "");
  return { schema: names.length > 1 ? names[0] ?? "" : "", name: names.at(-1) ?? "" };
}
