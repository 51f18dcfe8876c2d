/** Who a token proves the caller to be, before anything is asked of our own database. */
export interface Identity {
  /** The Appwrite user id, or the subject of a token of the configured issuer. */
  subject: string;
  source: "appwrite" | "issuer";
  /** Unix seconds after which the token proves nothing. */
  expiresAt: number;
  /** Permissions the token itself carries; an Appwrite token carries none, `app_clients` holds them. */
  permissions: readonly string[];
}

/** Proves a token or throws 401 (refused) or 503 (could not be checked). */
export type Verifier = (token: string) => Promise<Identity>;

export const roles = ["vendor_viewer", "vendor_operator", "vendor_admin"] as const;
export type Role = typeof roles[number];

/** Whether a role is at least the minimum; a superadmin inside break-glass acts as an admin. */
export function reaches(role: string, minimum: Role): boolean {
  if (role === "superadmin") return true;
  return roles.indexOf(role as Role) >= roles.indexOf(minimum);
}
