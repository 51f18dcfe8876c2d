/** One table or one function a file, and the file is named after it: `sql/<domain>/<thing>.sql`. */
import { basename } from "node:path";
import type { Problem } from "./problem.ts";
import { nameOf, type Statement } from "./sql_statements.ts";

type Created = { kind: "function" | "table" | "view" | "type"; schema: string; name: string };

/** What is wrong with the name of `file`, or with the number of things it makes. */
export function checkSqlFileName(file: string, statements: Statement[]): Problem[] {
  const created = statements.flatMap(createdBy);
  if (created.length === 0) return [];
  const name = basename(file, ".sql");
  const matches = created.filter((thing) => thing.name === name || `${thing.schema}_${thing.name}` === name);
  const listed = [...new Set(created.map((thing) => `${thing.schema}.${thing.name}`))];
  if (matches.length === 0) {
    return [{ file, line: 1, message: `name the file after what it makes: ${listed.join(", ")}` }];
  }
  const functions = new Set(
    created.filter((thing) => thing.kind === "function").map((thing) => `${thing.schema}.${thing.name}`),
  );
  const tables = created.filter((thing) => thing.kind === "table");
  if (functions.size > 1 || tables.length > 1) {
    return [{ file, line: 1, message: `give each its own file: ${listed.join(", ")}` }];
  }
  return [];
}

function createdBy({ kind, fields }: Statement): Created[] {
  switch (kind) {
    case "CreateFunctionStmt":
      return [{ kind: "function", ...nameOf(fields.funcname) }];
    case "CreateStmt":
      return [{ kind: "table", schema: fields.relation.schemaname ?? "", name: fields.relation.relname }];
    case "ViewStmt":
      return [{ kind: "view", schema: fields.view.schemaname ?? "", name: fields.view.relname }];
    case "CreateEnumStmt":
    case "CompositeTypeStmt":
      return [{
        kind: "type",
        ...(fields.typeName ? nameOf(fields.typeName) : { schema: "", name: fields.typevar.relname }),
      }];
    default:
      return [];
  }
}
