import { deepStrictEqual } from "node:assert/strict";
import { createMember, createVendor } from "./database_people.ts";
import { withRest } from "./rest_stand.ts";

Deno.test("an access token opens nothing that has ended since it was made", async () => {
  await withRest("select", "select", async ({ sql, as }) => {
    const vendor = await createVendor(sql);
    const admin = await createMember(sql, vendor, "vendor_admin");
    const [row] = await sql`select app.begin_request(${admin}) as claims`;
    const client = as(row!.claims);
    const asked = async () => {
      const { status, error } = await client.rpc("list_members");
      return [status, error?.details ? JSON.parse(error.details).type : null];
    };
    const set = (status: string) => sql`update public.vendors set status = ${status} where id = ${vendor}`;

    deepStrictEqual(await asked(), [200, null]);
    await set("suspended");
    deepStrictEqual(await asked(), [403, "vendor-suspended"]);
    await set("active");
    await sql`update public.user_links set role = 'vendor_viewer' where vendor_id = ${vendor}`;
    deepStrictEqual(await asked(), [403, "insufficient-role"]);
    await sql`delete from public.user_links where vendor_id = ${vendor}`;
    deepStrictEqual(await asked(), [403, "not-a-member"]);
  });
});
