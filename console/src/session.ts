/** The token and the vendor of this tab, in sessionStorage: gone with the tab, unknown to other tabs and servers. */
const key = "odyssey.session";

export interface Session {
  token: string;
  vendorId: string | null;
}

export function storedSession(): Session | null {
  try {
    const { token, vendorId } = JSON.parse(sessionStorage.getItem(key) ?? "null") ?? {};
    return typeof token === "string" ? { token, vendorId: typeof vendorId === "string" ? vendorId : null } : null;
  } catch {
    return null;
  }
}

export function storeSession(session: Session | null): void {
  if (session) sessionStorage.setItem(key, JSON.stringify(session));
  else sessionStorage.removeItem(key);
}
