/** Calls of functions: POST with a JSON object of named arguments, GET and HEAD with arguments in the query string. */
import type { ApiRequest } from "./api_request.ts";
import type { Argument, Catalog, Routine } from "./catalog.ts";
import { errors } from "./errors.ts";
import type { Statement } from "./execute.ts";
import { selectRows } from "./read.ts";
import { identifier, Parameters } from "./sql_text.ts";
import { parseBody } from "./write.ts";

/** A function with the arguments of this request. */
export type Call = { routine: Routine; statement: Statement };

type Chosen = { routine: Routine; given: Argument[]; filters: [string, string][] };

export async function rpcCall(
  catalog: Catalog,
  request: ApiRequest,
  name: string,
  body: string,
  maxRows: number,
): Promise<Call> {
  const routines = await catalog.routines(name);
  const isPost = request.method === "POST";
  const fits = isPost
    ? fitBody(routines, parseBody(body), request.entries)
    : routines.flatMap((routine) => fitQuery(routine, request.entries));
  const best = Math.max(...fits.map(({ given }) => given.length));
  const [chosen, ...others] = isPost ? fits : fits.filter(({ given }) => given.length === best);
  if (!chosen) throw await notFound(catalog, routines, name, isPost ? Object.keys(parseBody(body)) : keysOf(request));
  if (others.length > 0) throw errors.ambiguousFunction([chosen, ...others].map(({ routine }) => signature(routine)));
  return { routine: chosen.routine, statement: callStatement(request, chosen, body, maxRows) };
}

/** Functions that take exactly these names (defaults may be left out), else those that take the body as it is. */
function fitBody(
  routines: Routine[],
  body: Record<string, unknown> | unknown[],
  filters: [string, string][],
): Chosen[] {
  const names = Array.isArray(body) ? null : Object.keys(body);
  const named = names === null
    ? []
    : routines.filter((routine) =>
      names.every((name) => routine.arguments.some((argument) => argument.name === name)) &&
      routine.arguments.every((argument) => argument.hasDefault || names.includes(argument.name))
    );
  if (named.length > 0) {
    return named.map((routine) => {
      const given = routine.arguments.filter((argument) => names!.includes(argument.name));
      return { routine, given, filters };
    });
  }
  return routines.filter(takesWholeBody).map((routine) => ({ routine, given: routine.arguments, filters }));
}

function takesWholeBody({ arguments: [only, ...others] }: Routine): boolean {
  return only?.name === "" && (only.type === "json" || only.type === "jsonb") && others.length === 0;
}

/** Entries named as arguments are arguments, the others must be filters of the result. */
function fitQuery(routine: Routine, entries: [string, string][]): Chosen[] {
  const given = routine.arguments.filter(({ name }) => entries.some(([key]) => key === name));
  const filters = entries.filter(([key]) => !given.some(({ name }) => name === key));
  const isFilter = ([key, value]: [string, string]) =>
    /^(not\.)?(and|or)$/.test(key) || /^(not\.)?[a-z]+(\([^)]*\))?\./.test(value);
  const isComplete = routine.arguments.every((argument) => argument.hasDefault || given.includes(argument));
  return isComplete && filters.every(isFilter) ? [{ routine, given, filters }] : [];
}

function callStatement(
  request: ApiRequest,
  { routine, given, filters }: Chosen,
  body: string,
  maxRows: number,
): Statement {
  const parameters = new Parameters();
  const alias = identifier(routine.name);
  const isPost = request.method === "POST";
  const takesBody = isPost && takesWholeBody(routine);
  const values = given.map((argument) => {
    const { name, type, variadic } = argument;
    const value = takesBody
      ? parameters.add(body, type)
      : isPost
      ? `pgrst_arguments.${identifier(name)}`
      : parameters.add(request.entries.find(([key]) => key === name)![1], type);
    return takesBody ? value : `${variadic ? "variadic " : ""}${identifier(name)} => ${value}`;
  });
  const definitions = given.map(({ name, type }) => `${identifier(name)} ${type}`).join(", ");
  const from = isPost && !takesBody && given.length > 0
    ? `json_to_record(${parameters.add(body, "json")}) as pgrst_arguments (${definitions}), lateral `
    : "";
  const columns = routine.returns === "composite" ? `${alias}.*` : `${alias}.value`;
  const renamed = routine.returns === "composite" ? alias : `${alias} (value)`;
  const call = `select ${columns} from ${from}public.${alias}(${values.join(", ")}) as ${renamed}`;

  const isComposite = routine.returns === "composite";
  const source = { name: routine.name, columns: routine.columns };
  const picked = { ...request, select: isComposite ? request.select : "value" };
  const limit = routine.returnsSet ? maxRows : 1;
  const { rows, total } = selectRows(picked, source, `pgrst_call as ${alias}`, parameters, filters, limit);
  return {
    parameters,
    expressions: `pgrst_call as materialized (${call}), pgrst_source as (${rows})`,
    total,
    scalar: !isComposite,
    list: routine.returnsSet,
    readOnly: !isPost || !routine.volatile,
  };
}

async function notFound(catalog: Catalog, routines: Routine[], name: string, keys: string[]) {
  const near = routines[0] ?? (await catalog.routines(await catalog.similar("function", name) ?? ""))[0];
  const hint = near ? `Perhaps you meant to call the function ${signature(near, false)}` : null;
  return errors.noFunction(name, keys, hint);
}

function keysOf(request: ApiRequest): string[] {
  return request.entries.map(([key]) => key);
}

function signature(routine: Routine, withTypes = true): string {
  const list = routine.arguments.map(({ name, type }) => withTypes ? `${name} => ${type}` : name);
  return `public.${routine.name}${list.length > 0 || withTypes ? `(${list.join(", ")})` : ""}`;
}
