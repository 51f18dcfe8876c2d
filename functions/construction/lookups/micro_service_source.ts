import { database, type Sql } from "../../_shared/database.ts";

/** Where uuids come from. */
export interface LookupSource {
  /** The uuids of those slugs that are known, in one query; given up when the signal says so. */
  find(slugs: string[], signal: AbortSignal): Promise<Map<string, string>>;
  all(): Promise<Map<string, string>>;
}

type Row = { slug: string; micro_uuid: string };

/** The table `micro_services`, by its function. */
export function microServiceSource(sql: () => Sql = database): LookupSource {
  return {
    async find(slugs, signal) {
      // Slugs hold no commas.
      const query = sql()<Row[]>`
        select slug, micro_uuid from public.lookup_micro_services(slugs => string_to_array(${slugs.join(",")}, ','))`;
      const give = () => query.cancel?.();
      signal.addEventListener("abort", give);
      return toMap(await query.then((rows) => rows).finally(() => signal.removeEventListener("abort", give)));
    },
    async all() {
      return toMap(await sql()<Row[]>`select slug, id as micro_uuid from public.micro_services where active`);
    },
  };
}

function toMap(rows: readonly Row[]): Map<string, string> {
  return new Map(rows.map(({ slug, micro_uuid }) => [slug, micro_uuid]));
}
