/** Reads of tables and views: GET and HEAD of `/<name>`. */
import type { ApiRequest } from "./api_request.ts";
import type { Relation } from "./catalog.ts";
import type { Statement } from "./execute.ts";
import type { Source } from "./field.ts";
import { parseFilter, parseOrder, parseSelect } from "./filters.ts";
import { identifier, Parameters } from "./sql_text.ts";

export function readStatement(request: ApiRequest, relation: Relation, maxRows: number): Statement {
  const parameters = new Parameters();
  const from = `public.${identifier(relation.name)}`;
  const { rows, total } = selectRows(request, relation, from, parameters, request.entries, maxRows);
  return { parameters, expressions: `pgrst_source as (${rows})`, total, scalar: false, list: true, readOnly: true };
}

/** The chosen columns of the filtered, ordered, limited rows of `from`; and how many there are without the limit. */
export function selectRows(
  request: ApiRequest,
  source: Source,
  from: string,
  parameters: Parameters,
  filters: [string, string][],
  maxRows: number,
): { rows: string; total: string | null } {
  const where = whereClause(filters, source, parameters);
  const order = request.order ? `order by ${parseOrder(request.order, source, parameters)}` : "";
  const columns = parseSelect(request.select, source, parameters) || "1";
  const limit = Math.min(request.limit ?? maxRows, maxRows);
  const rows = `select ${columns} from ${from} ${where} ${order} limit ${limit} offset ${request.offset}`;
  return { rows, total: request.wantsCount ? `(select count(*) from ${from} ${where})` : null };
}

/** Every filter of the query string must hold. */
export function whereClause(filters: [string, string][], source: Source, parameters: Parameters): string {
  const conditions = filters.map(([key, value]) => parseFilter(key, value, source, parameters));
  return conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
}
