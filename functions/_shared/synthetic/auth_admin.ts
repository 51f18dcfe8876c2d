import { createClient } from "@supabase/supabase-js";
import { settings } from "../settings.ts";
import { secretKey } from "../storage.ts";
import type { AuthAdmin } from "./create_user_with_retry.ts";

let admin: AuthAdmin | undefined;

/** Supabase Auth's admin API, with the platform's secret key. */
export function authAdmin(): AuthAdmin {
  return admin ??= createClient(settings().SUPABASE_URL, secretKey(), {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  }).auth.admin as unknown as AuthAdmin;
}
