/** The demo vendor and its people. */
import postgres from "postgres";
import { createIdentity, ensureVendor, type IdentitySettings, type VendorRole } from "../local/identities.ts";

/** The code of the vendor that `npm start` fills. */
export const demoVendor = "demo";

/** How long the printed tokens hold: as long as Appwrite allows. */
const tokenSeconds = 3600;

const people = [
  { userId: "demo_admin", role: "vendor_admin" },
  { userId: "demo_operator", role: "vendor_operator" },
  { userId: "demo_viewer", role: "vendor_viewer" },
] as const;

/** Somebody to try the API as. */
export type DemoPerson = { userId: string; role: VendorRole; token: string };

/** The demo vendor as it stands. */
export type Demo = { vendorId: string; people: DemoPerson[] };

/** Makes what is missing of the demo and signs tokens for its people. */
export async function prepareDemo(settings: IdentitySettings): Promise<Demo> {
  const sql = postgres(settings.SUPABASE_DB_URL, { max: 1, onnotice: () => {} });
  const vendorId = await ensureVendor(sql, demoVendor, "Demo vendor").finally(() => sql.end());
  const tokens = people.map(async ({ userId, role }) => {
    const { token } = await createIdentity(settings, { userId, role, vendor: demoVendor, seconds: tokenSeconds });
    return { userId, role, token };
  });
  return { vendorId, people: await Promise.all(tokens) };
}
