/** The way from one version to the next, as far as it follows from the sources: functions. Tables change by hand. */
import { type Node, parseStatements, type Statement } from "../check/sql_statements.ts";
import type { Source } from "./parts.ts";
import { joined } from "./scripts.ts";

export type Update = {
  /** SQL that takes what \`before\` installed to what \`after\` installs. */
  body: string;
  /** Sources that changed and are more than functions: somebody has to write how. */
  byHand: string[];
};

/** Compares two sets of sources by their paths. */
export function updateBetween(before: Source[], after: Source[]): Update {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const kept = new Set(after.map(({ path }) => path));
  const byHand: string[] = [];
  const parts: Source[] = [];
  for (const { path, text } of before) {
    if (kept.has(path)) continue;
    const functions = functionsOf(text);
    if (functions) parts.push({ path: `${path} (removed)`, text: functions.map(drop).join("\n") });
    else byHand.push(`${path} (removed)`);
  }
  for (const { path, text } of after) {
    const was = old.get(path);
    if (was === text) continue;
    if (was === undefined) {
      parts.push({ path, text });
      continue;
    }
    const [from, to] = [functionsOf(was), functionsOf(text)];
    if (!from || !to) {
      byHand.push(path);
      continue;
    }
    // A function with other parameters would stand beside the old one, and one with another result is refused.
    const gone = from.filter(({ shape }) => !to.some((one) => one.shape === shape));
    parts.push({ path, text: [...gone.map(drop), text].join("\n") });
  }
  return { body: joined(parts), byHand };
}

type FunctionOf = { name: string; shape: string };

function drop({ name }: FunctionOf): string {
  return `drop function if exists ${name};`;
}

/** The functions a source makes, where it does nothing else that an update could not repeat. */
function functionsOf(text: string): FunctionOf[] | undefined {
  const statements = parseStatements(text);
  const made = statements.filter(({ kind }) => kind === "CreateFunctionStmt");
  const repeatable = statements.every((statement) => made.includes(statement) || isRemark(statement));
  if (made.length === 0 || !repeatable) return undefined;
  return made.map(({ fields }) => {
    const name = fields.funcname.map((part: Node) => `"${part.String.sval}"`).join(".");
    return { name, shape: JSON.stringify([name, withoutPlaces([fields.parameters, fields.returnType])]) };
  });
}

/** A comment on a function, or a grant of one. */
function isRemark({ kind, fields }: Statement): boolean {
  return (kind === "CommentStmt" || kind === "GrantStmt") && fields.objtype === "OBJECT_FUNCTION";
}

/** A tree without the places in the text that it came from, and without defaults. */
function withoutPlaces(node: Node): Node {
  return JSON.parse(JSON.stringify(node), (key, value) => key === "location" || key === "defexpr" ? undefined : value);
}
