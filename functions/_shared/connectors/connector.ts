/** How requests identify themselves; the secret comes beside it. */
export type Auth =
  | { type: "none" }
  | { type: "api_key"; place: "header" | "query"; name: string }
  | { type: "bearer" }
  | { type: "basic"; username: string }
  | {
    type: "oauth2_client_credentials";
    token_url: string;
    client_id: string;
    scope?: string;
    client_auth?: "basic" | "body";
  };

interface PageSize {
  size_param?: string;
  size?: number;
}

/** How the next page is asked for. */
export type Paging =
  | { type: "none" }
  | ({ type: "page"; param: string; first?: 0 | 1; total_path?: string } & PageSize)
  | ({ type: "offset"; param: string; total_path?: string } & PageSize)
  | ({ type: "cursor"; param?: string; next_path: string } & PageSize)
  | ({ type: "link_header" } & PageSize);

/** The parts of `public.connectors` that requests are made from. */
export interface Connector {
  id: string;
  source: string;
  base_url: string;
  auth: Auth;
  paging: Paging;
  record_path: string;
  explode: string | null;
  unwrap: string[];
  mapping: Record<string, unknown>;
  increments: { param: string; format?: "rfc3339" | "unix" | "date" } | null;
  max_pages: number;
  updated_at: string;
}

/** What the next page is asked for with; null after the last one. */
export type Next = { value: string } | { url: string };
