/** Runs one statement the way PostgREST does: role, claims and request settings first, all within one transaction. */
import type { Sql } from "postgres";
import type { Caller } from "../caller.ts";
import { clientAddress } from "../gateway.ts";
import type { ApiRequest } from "./api_request.ts";
import type { Catalog } from "./catalog.ts";
import { errors } from "./errors.ts";
import { identifier, type Parameters } from "./sql_text.ts";

/** A statement in the parts that the result is made of. */
export type Statement = {
  parameters: Parameters;
  /** Common table expressions, the last of which is `pgrst_source` with the rows of the result. */
  expressions: string;
  /** SQL for the number of rows without limit; null when nobody asked. */
  total: string | null;
  /** One value instead of rows: the column `value` of `pgrst_source`. */
  scalar: boolean;
  /** A list, or the first row alone. */
  list: boolean;
  readOnly: boolean;
};

/** What the database answered. */
export type Outcome = {
  body: string;
  rows: number;
  total: number | null;
  headers: [string, string][];
  status: number | null;
};

/** Settings of a role that PostgREST applies although the role never logs in. */
const roleSettings = ["statement_timeout", "lock_timeout"];

export class Executor {
  constructor(readonly sql: Sql, readonly catalog: Catalog) {}

  async run(caller: Caller, request: ApiRequest, statement: Statement): Promise<Outcome> {
    const settings = await this.#settings(caller, request);
    const preRequest = await this.catalog.preRequest();
    const before = preRequest ? `select ${preRequest.split(".").map(identifier).join(".")}()` : "select";
    const outcome = await this.sql.begin(statement.readOnly ? "read only" : "read write", async (tx) => {
      const setting = settings.map((_, index) => `set_config($${2 * index + 1}::text, $${2 * index + 2}::text, true)`);
      const [, , rows] = await Promise.all([
        tx.unsafe(`select ${setting.join(", ")}`, settings.flat()),
        tx.unsafe(before),
        tx.unsafe<Row[]>(assemble(request, statement), statement.parameters.values),
      ]);
      const read = readRow(rows[0]!);
      // Thrown in here, so that a change that hit too many rows is undone.
      if (request.singular && !statement.scalar && read.rows !== 1) throw errors.notSingular(read.rows);
      return read;
    });
    return outcome as Outcome;
  }

  async #settings(caller: Caller, request: ApiRequest): Promise<[string, string][]> {
    const ofRole = await this.catalog.roleSettings(caller.role);
    return [
      ["search_path", `${identifier("public")}, ${identifier("extensions")}`],
      ["request.jwt.claims", JSON.stringify(caller.claims)],
      ["request.method", request.method],
      ["request.path", request.path],
      ["request.headers", JSON.stringify({ "x-forwarded-for": clientAddress, ...Object.fromEntries(request.headers) })],
      ...ofRole.filter(([name]) => roleSettings.includes(name)),
      ["role", caller.role],
    ];
  }
}

type Row = {
  body: string;
  rows: number;
  total: number | null;
  response_headers: string | null;
  response_status: string | null;
};

function assemble({ singular, stripNulls }: ApiRequest, statement: Statement): string {
  const { expressions, total, scalar, list } = statement;
  const all = `json_agg(${scalar ? "pgrst_row.value" : "pgrst_row"})`;
  const body = list && !singular ? `coalesce(${all}, '[]')` : `coalesce(${all} -> 0, 'null')`;
  return `with ${expressions}
    select (${stripNulls ? `json_strip_nulls(${body})` : body})::text as body,
      count(*)::integer as rows, ${total ?? "null"}::integer as total,
      nullif(current_setting('response.headers', true), '') as response_headers,
      nullif(current_setting('response.status', true), '') as response_status
    from (select * from pgrst_source) as pgrst_row`;
}

function readRow({ body, rows, total, response_headers, response_status }: Row): Outcome {
  const headers: Record<string, string>[] = response_headers ? JSON.parse(response_headers) : [];
  const status = response_status ? Number(response_status) : null;
  return { body, rows, total, headers: headers.flatMap((header) => Object.entries(header)), status };
}
