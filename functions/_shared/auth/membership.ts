import { z } from "zod";
import { type Claims, database } from "../database.ts";
import { invalid } from "../http/validation.ts";
import { problem } from "../http/problems.ts";
import type { Identity } from "./identity.ts";

/** Resolves the caller's vendor and role from `user_links`; 403 or 409 where they have none or several. */
export async function beginRequest(identity: Identity, vendorId: string | undefined): Promise<Claims> {
  if (identity.source !== "appwrite") {
    throw problem("no-membership", { detail: "Only an Appwrite user can be a member of a vendor." });
  }
  if (vendorId !== undefined && !z.guid().safeParse(vendorId).success) {
    const detail = "must be a vendor's UUID, or be left out";
    throw invalid([{ pointer: "/X-Vendor-Id", code: "invalid_format", detail }]);
  }
  const [row] = await database()<{ claims: Claims }[]>`
    select app.begin_request(appwrite_user_id => ${identity.subject}, vendor_id => ${vendorId ?? null}::uuid) as claims
  `;
  if (!row) throw new Error("app.begin_request returned no row");
  return row.claims;
}
