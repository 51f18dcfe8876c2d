import { type Claims, database } from "../database.ts";
import type { LogPosition, RequestFacts } from "../call_context.ts";
import type { RateLimit } from "../http/rate_limits.ts";
import type { Identity } from "./identity.ts";

/** What stops a request, as data: the database counted it, and raising would have undone the count. */
export interface StoppedBy {
  status: number;
  type: string;
  detail: string;
  hint?: string;
  /** Seconds, where waiting helps. */
  retry_after?: number;
}

/** The first round trip of a request: who the caller is here, and what is left of their limits. */
export interface Opened {
  claims: Claims | null;
  problem: StoppedBy | null;
  limits: RateLimit[];
  /** Told to members; service clients read nothing from replicas. */
  position?: LogPosition;
}

/** A service client's, with what it may do. */
export interface OpenedClient extends Opened {
  permissions: readonly string[];
}

/** `ingest` for calls that start a job: they have a limit of their own. */
export type RouteClass = "api" | "ingest";

/** Resolves vendor and role of an Appwrite user from `user_links`, and counts the request for both. */
export async function openRequest(
  identity: Identity,
  vendorId: string | undefined,
  routeClass: RouteClass,
  request: RequestFacts,
): Promise<Opened> {
  const [row] = await database()<{ opened: Opened }[]>`
    select app.open_request(
      appwrite_user_id => ${identity.subject},
      vendor_id => ${vendorId ?? null}::uuid,
      route_class => ${routeClass},
      request => ${JSON.stringify(request)}::text::jsonb
    ) as opened`;
  if (!row) throw new Error("app.open_request returned no row");
  return row.opened;
}

/**
 * Counts the request for the caller alone, and tells the permissions of a service client. Those of an Appwrite user
 * stand in `app_clients`; the configured issuer vouches for those in its own tokens.
 */
export async function openClientRequest({ source, subject, permissions }: Identity): Promise<OpenedClient> {
  const isVouchedFor = source === "issuer";
  const [row] = await database()<{ opened: OpenedClient }[]>`
    select app.open_client_request(
      appwrite_user_id => ${isVouchedFor ? null : subject}, issuer_subject => ${isVouchedFor ? subject : null}
    ) as opened`;
  if (!row) throw new Error("app.open_client_request returned no row");
  if (!isVouchedFor) return row.opened;
  const claims = { role: "authenticated", app_role: "client", client_id: subject, permissions };
  return { ...row.opened, claims, permissions };
}
