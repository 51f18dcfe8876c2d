/** Lists one folder of a bucket: its objects, and its sub-folders as rows without an id. */
import { errors } from "./errors.ts";
import { readJson } from "./json_body.ts";
import type { ObjectRequest } from "./object_routes.ts";

type ListInput = {
  prefix: string;
  search: string;
  limit: number;
  offset: number;
  sortBy: { column?: string; order?: string };
};

const sortColumns = ["name", "updated_at", "created_at", "last_accessed_at"];

/** `POST /object/list/<bucket>` with `{ prefix, limit, offset, sortBy, search }`. */
export async function listObjects(context: ObjectRequest, bucket: string): Promise<Response> {
  const input = await readJson<ListInput>(context.request);
  const folder = String(input.prefix ?? "").replace(/^\/+|\/+$/g, "");
  const prefix = folder === "" ? "" : `${folder}/`;
  const column = input.sortBy?.column ?? "name";
  if (!sortColumns.includes(column)) throw errors.invalidParameter("body/sortBy/column is not a column to sort by");
  const descending = String(input.sortBy?.order ?? "asc").toLowerCase() === "desc";
  const caller = await context.identify();
  const rows = await context.objects.as(caller, (tx) =>
    tx`
      with entries as (
        select o.*, split_part(substr(o.name, length(${prefix}::text) + 1), '/', 1) as entry,
          strpos(substr(o.name, length(${prefix}::text) + 1), '/') > 0 as is_folder
        from storage.objects as o
        where o.bucket_id = ${bucket} and starts_with(o.name, ${prefix})
      )
      select entry as name, id, updated_at, created_at, last_accessed_at, metadata
      from entries where not is_folder and starts_with(entry, ${String(input.search ?? "")})
      union all
      select distinct entry, null::uuid, null::timestamptz, null::timestamptz, null::timestamptz, null::jsonb
      from entries where is_folder and starts_with(entry, ${String(input.search ?? "")})
      order by ${tx(column)} ${descending ? tx`desc` : tx`asc`}
      limit ${Number(input.limit ?? 100)} offset ${Number(input.offset ?? 0)}`);
  return Response.json(rows);
}
