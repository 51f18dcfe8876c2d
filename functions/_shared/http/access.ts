import { z } from "zod";
import { authenticate } from "../auth/authenticate.ts";
import { type Identity, reaches, type Role } from "../auth/identity.ts";
import { openIfPossible } from "../auth/open_if_possible.ts";
import { requireKey } from "../auth/require_key.ts";
import { openClientRequest, type Opened, openRequest, type RouteClass, type StoppedBy } from "../auth/open_request.ts";
import { setCallContext } from "../call_context.ts";
import type { Claims } from "../database.ts";
import { settings } from "../settings.ts";
import type { HttpContext } from "./context.ts";
import { retryAfter } from "./errors.ts";
import { HttpProblem, problem } from "./problems.ts";
import { requestFacts } from "./request_facts.ts";
import { invalid } from "./validation.ts";

/**
 * What a route asks of its caller:
 * - `public`: nothing;
 * - `monitoring`: the platform's secret key or the metrics token;
 * - `identified`: the same, also while our own database is away; then nothing is counted and there are no claims;
 * - `signed-in`: a token that Appwrite vouches for, even of somebody we know nothing about;
 * - `known`: to be a member, a superadmin or a service client;
 * - `superadmin`: to be one, inside a break-glass session or not;
 * - a role in the vendor of the request, where `orSuperadmin` also lets in a superadmin who acts for no vendor;
 * - a service client's permission.
 */
export type Access =
  | "public"
  | "monitoring"
  | "identified"
  | "signed-in"
  | "known"
  | "superadmin"
  | { role: Role; orSuperadmin?: true }
  | { permission: string };

/**
 * Lets a caller in or throws 401, 403, 409 or 429; leaves who they are and what is left of their limits in the context.
 * One round trip: the limits are counted in the statement that resolves the membership, which commits by itself.
 */
export async function admit(c: HttpContext, access: Access, routeClass: RouteClass = "api"): Promise<void> {
  if (access === "public") return;
  if (access === "monitoring") return await requireMonitoringKey(c);
  const identity = await authenticate(c);
  if (access === "identified") {
    const opened = await openIfPossible(() => openClientRequest(identity));
    if (opened) enter(c, { ...opened, claims: opened.claims && withoutRole(opened.claims) });
    return;
  }
  if (access === "signed-in" || typeof access === "object" && "permission" in access) {
    const opened = await openClientRequest(identity);
    if (typeof access === "object") {
      enter(c, opened);
      return requirePermission(opened.permissions, access.permission);
    }
    return enter(c, { ...opened, claims: opened.claims && withoutRole(opened.claims) });
  }
  if (access === "known" && identity.source === "issuer") return enter(c, await openClientRequest(identity));
  enter(c, await openFor(c, identity, routeClass));
  if (access === "superadmin") requireSuperadmin(c);
  if (typeof access === "object") requireRole(c, access);
}

/**
 * Counts a request that leads to no route for its caller, where a token tells who that is. Throws 429 alone: what else
 * there is to say about the caller changes nothing about there being no route.
 */
export async function countStray(c: HttpContext): Promise<void> {
  if (!c.req.header("authorization") || c.req.method === "OPTIONS") return;
  await openIfPossible(() => admit(c, "known")).catch((error) => {
    if (error instanceof HttpProblem && error.status === 429) throw error;
  });
}

function requireMonitoringKey(c: HttpContext): Promise<void> {
  const { SUPABASE_SECRET_KEYS, ODYSSEY_METRICS_TOKEN } = settings();
  return requireKey(c.req.raw.headers, [...Object.values(SUPABASE_SECRET_KEYS), ODYSSEY_METRICS_TOKEN]);
}

/** What somebody is here was not asked, so nothing is said about it. */
function withoutRole({ app_role: _, ...claims }: Claims): Claims {
  return claims as Claims;
}

async function openFor(c: HttpContext, identity: Identity, routeClass: RouteClass): Promise<Opened> {
  const vendorId = c.req.header("x-vendor-id");
  const fault = identity.source !== "appwrite"
    ? problem("no-membership", { detail: "Only an Appwrite user can be a member of a vendor." })
    : vendorId !== undefined && !z.guid().safeParse(vendorId).success
    ? invalid([{
      pointer: "/X-Vendor-Id",
      code: "invalid_format",
      detail: "must be a vendor's UUID, or be left out",
    }])
    : undefined;
  if (!fault) return await openRequest(identity, vendorId, routeClass, requestFacts(c));
  // Counted all the same, so that asking wrongly is not for free.
  enter(c, await openClientRequest(identity));
  throw fault;
}

/** Takes over what the database answered, or throws the problem it answered. */
function enter(c: HttpContext, { claims, problem, limits, position }: Opened): void {
  c.set("limits", limits);
  if (problem) throw stopped(c, problem);
  if (!claims) throw new Error("the database gave neither claims nor a problem");
  setCallContext(claims, { request: requestFacts(c) });
  c.set("claims", claims);
  if (position) c.set("position", position);
}

function stopped(c: HttpContext, { status, type, detail, hint, retry_after }: StoppedBy): HttpProblem {
  c.set("refusalAudited", true);
  return new HttpProblem(type, status, {
    detail: hint ? `${detail} ${hint}` : detail,
    headers: retry_after === undefined ? {} : retryAfter(retry_after),
  });
}

function requirePermission(permissions: readonly string[], needed: string): void {
  if (permissions.includes(needed)) return;
  throw problem("missing-permission", {
    detail: `This needs the permission ${needed}; ask an administrator to grant it to the client.`,
  });
}

function requireSuperadmin(c: HttpContext): void {
  if (c.get("claims")?.app_role === "superadmin") return;
  throw problem("insufficient-role", { detail: "Only a superadmin of the platform may do this." });
}

function requireRole(c: HttpContext, { role, orSuperadmin }: { role: Role; orSuperadmin?: true }): void {
  const claims = c.get("claims");
  if (orSuperadmin && claims?.app_role === "superadmin") return;
  if (!claims?.vendor_id) {
    throw problem("no-vendor", {
      detail: claims?.app_role === "superadmin"
        ? "A superadmin has no standing access to a vendor's data; open a break-glass session first."
        : "This needs a member of a vendor, which the caller is not.",
    });
  }
  if (!reaches(claims.app_role ?? "", role)) {
    throw problem("insufficient-role", {
      detail: `This needs the role ${role} or higher; yours is ${claims.app_role}. Ask a vendor_admin to change it.`,
    });
  }
}
