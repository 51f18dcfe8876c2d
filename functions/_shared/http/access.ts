import { authenticate } from "../auth/authenticate.ts";
import { beginClientRequest } from "../auth/client.ts";
import { reaches, type Role } from "../auth/identity.ts";
import { beginRequest } from "../auth/membership.ts";
import type { HttpContext } from "./context.ts";
import { problem } from "./problems.ts";

/**
 * What a route asks of its caller: nothing, to be known here (a member, a superadmin or a service client), a role in
 * the vendor of the request, or a service client's permission.
 */
export type Access = "public" | "known" | { role: Role } | { permission: string };

/** Lets a caller in or throws 401, 403 or 409; leaves who they are in the context. */
export async function admit(c: HttpContext, access: Access): Promise<void> {
  if (access === "public") return;
  const identity = await authenticate(c);
  if (typeof access === "object" && "permission" in access) {
    c.set("claims", await beginClientRequest(identity, access.permission));
    return;
  }
  c.set("claims", await beginRequest(identity, c.req.header("x-vendor-id")));
  if (typeof access === "object") requireRole(c, access.role);
}

function requireRole(c: HttpContext, minimum: Role): void {
  const claims = c.get("claims");
  if (!claims?.vendor_id) {
    throw problem("no-vendor", {
      detail: claims?.app_role === "superadmin"
        ? "A superadmin has no standing access to a vendor's data; open a break-glass session first."
        : "This needs a member of a vendor, which the caller is not.",
    });
  }
  if (!reaches(claims.app_role ?? "", minimum)) {
    throw problem("insufficient-role", {
      detail: `This needs the role ${minimum} or higher; yours is ${claims.app_role}. Ask a vendor_admin to change it.`,
    });
  }
}
