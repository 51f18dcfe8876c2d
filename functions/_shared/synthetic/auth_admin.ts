import { createClient } from "@supabase/supabase-js";
import { settings } from "../settings.ts";
import { secretKey } from "../storage.ts";
import type { AuthAdmin } from "./create_user_with_retry.ts";

let admin: AuthAdmin | undefined;

/** Supabase Auth's admin API, with the platform's secret key. */
export function authAdmin(): AuthAdmin {
  const { SUPABASE_URL, ODYSSEY_SYNTHETIC_AUTH_TIMEOUT_MS } = settings();
  return admin ??= createAuthAdmin(SUPABASE_URL, secretKey(), ODYSSEY_SYNTHETIC_AUTH_TIMEOUT_MS);
}

/** The admin API at an address; a call that hangs is given up after `timeoutMs`. */
export function createAuthAdmin(url: string, key: string, timeoutMs: number): AuthAdmin {
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }) },
  }).auth.admin as unknown as AuthAdmin;
}
