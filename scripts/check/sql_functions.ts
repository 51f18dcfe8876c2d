/** Rules on functions: a pinned search_path, a stated volatility, a body that parses, no statement glued from text. */
import { lineAt, type Problem } from "./problem.ts";
import { findNodes, nameOf, type Node, parse, parsePlpgsql, SqlSyntaxError, type Statement } from "./sql_statements.ts";

/** What is wrong with the functions and `do` blocks among the statements of `file`. */
export function checkSqlFunctions(file: string, text: string, statements: Statement[]): Problem[] {
  return statements.flatMap((statement) => {
    const place = { file, line: lineAt(text, statement.offset) };
    if (statement.kind === "DoStmt") return checkPlpgsqlBody(place, statement);
    if (statement.kind !== "CreateFunctionStmt") return [];
    return [...checkDeclaration(place, statement.fields), ...checkBody(place, statement)];
  });
}

type Place = { file: string; line: number };

function checkDeclaration(place: Place, fields: Node): Problem[] {
  const options: Node[] = (fields.options ?? []).map((option: Node) => option.DefElem);
  const { schema, name } = nameOf(fields.funcname ?? []);
  const problems: Problem[] = [];
  const add = (message: string) => problems.push({ ...place, message: `${name}(): ${message}` });
  const searchPath = options.map((option) => option.arg?.VariableSetStmt).find((set) => set?.name === "search_path");
  const isEmpty = searchPath?.args?.length === 1 && searchPath.args[0].A_Const?.sval?.sval === "";
  const isEmptyConstant = searchPath?.args?.[0]?.A_Const?.sval !== undefined && !searchPath.args[0].A_Const.sval.sval;
  if (!isEmpty && !isEmptyConstant) add("add `set search_path = ''` and name everything in full");
  if (!schema) add("name the schema it belongs to");
  if (!fields.is_procedure && !options.some((option) => option.defname === "volatility")) {
    add("state its volatility: immutable, stable or volatile");
  }
  const isDefiner = options.some((option) => option.defname === "security" && option.arg?.Boolean?.boolval);
  if (isDefiner && schema === "public") add("move security definer to schema app, behind an invoker wrapper");
  return problems;
}

function checkBody(place: Place, statement: Statement): Problem[] {
  const options: Node[] = (statement.fields.options ?? []).map((option: Node) => option.DefElem);
  const language = options.find((option) => option.defname === "language")?.arg?.String?.sval;
  if (language === "plpgsql") return checkPlpgsqlBody(place, statement);
  const body = options.find((option) => option.defname === "as")?.arg?.List?.items?.[0]?.String?.sval;
  if (language !== "sql" || typeof body !== "string") return [];
  try {
    parse(body);
    return [];
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const line = bodyLine(place, statement) + lineAt(body, error.offset) - 1;
    return [{ ...place, line, message: `${error.message}: correct the body` }];
  }
}

function checkPlpgsqlBody(place: Place, statement: Statement): Problem[] {
  let tree: Node;
  try {
    tree = parsePlpgsql(statement.text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return [{ ...place, message: `${error.message}: correct the body` }];
  }
  const first = bodyLine(place, statement);
  const dynamic: { lineno?: number; query: Node }[] = [
    ...["PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"].flatMap((kind) => findNodes(tree, kind)),
    ...["PLpgSQL_stmt_return_query", "PLpgSQL_stmt_open"].flatMap((kind) => findNodes(tree, kind))
      .filter((node) => node.dynquery).map((node) => ({ lineno: node.lineno, query: node.dynquery })),
  ];
  return dynamic.filter(({ query }) => isGlued(query.PLpgSQL_expr?.query ?? "")).map(({ lineno }) => ({
    file: place.file,
    line: first + (lineno ?? 1) - 1,
    message: "build the statement with format('... %I ... %L ...') and pass values by `using`, never by ||",
  }));
}

/** True for an expression that joins text with `||`. What fills the places of a `format` template may be joined. */
function isGlued(expression: string): boolean {
  return isJoined(parse(`select ${expression}`).stmts?.[0]?.stmt.SelectStmt.targetList?.[0]?.ResTarget?.val);
}

function isJoined(node: Node): boolean {
  if (node?.TypeCast) return isJoined(node.TypeCast.arg);
  if (node?.FuncCall) return nameOf(node.FuncCall.funcname).name === "format" && isJoined(node.FuncCall.args?.[0]);
  const { name, lexpr, rexpr } = node?.A_Expr ?? {};
  return name?.[0]?.String?.sval === "||" && !(lexpr?.A_Const && rexpr?.A_Const);
}

/** The line of the file on which the body's opening quote stands. */
function bodyLine(place: Place, statement: Statement): number {
  const opening = /\$[a-z_]*\$/i.exec(statement.text);
  return place.line + (opening ? lineAt(statement.text, opening.index) - 1 : 0);
}
