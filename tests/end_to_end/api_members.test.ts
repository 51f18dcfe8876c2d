import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { apiClient, createPerson, createStranger, unique } from "./people.ts";

const api = await apiClient();
const ada = await createPerson("ada", { role: "vendor_admin", vendor: "members" });
const bob = await createPerson("bob", { role: "vendor_admin", vendor: "others" });
const root = await createPerson("rosa", { role: "superadmin" });

const as = (token: string) => (method: string, path: string, body?: unknown) =>
  api.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
const admin = as(ada.token);

Deno.test("members: invited, accepted, changed, suspended, removed", async () => {
  const ivan = await createStranger("ivan");
  const self = as(ivan.token);
  const invitation = { appwrite_user_id: ivan.userId, role: "vendor_viewer", email: "ivan@example.com" };
  const invited = await admin("POST", "/v1/members", invitation);
  deepStrictEqual([invited.status, invited.body.status, invited.body.email], [201, "invited", null]);
  const path = `/v1/members/${invited.body.id}`;
  ok(invited.headers.get("location")?.endsWith(path));
  strictEqual((await self("GET", "/v1/products")).status, 403, "an invitation opens nothing");
  strictEqual((await self("POST", "/v1/members/accept", { vendor_id: bob.vendorId })).status, 404);

  const accepted = await self("POST", "/v1/members/accept", { vendor_id: ada.vendorId });
  deepStrictEqual([accepted.status, accepted.body.status, accepted.body.role], [200, "active", "vendor_viewer"]);
  strictEqual((await self("GET", "/v1/products")).status, 200);
  const again = await admin("POST", "/v1/members", { appwrite_user_id: ivan.userId, role: "vendor_admin" });
  deepStrictEqual([again.status, again.body.type], [409, "/problems/already-exists"]);

  strictEqual((await admin("PATCH", path, { role: "vendor_operator" })).body.role, "vendor_operator");
  strictEqual((await self("GET", "/v1/me")).body.role, "vendor_operator");
  strictEqual((await admin("PATCH", path, { status: "suspended" })).body.status, "suspended");
  strictEqual((await self("GET", "/v1/products")).status, 403);
  strictEqual((await admin("PATCH", path, { status: "active" })).status, 200);
  strictEqual((await as(bob.token)("PATCH", path, { role: "vendor_viewer" })).status, 404, "another vendor's");
  strictEqual((await as(bob.token)("DELETE", path)).status, 404);
  strictEqual((await admin("DELETE", path)).status, 204);
  strictEqual((await self("GET", "/v1/products")).status, 403);
  strictEqual((await admin("DELETE", path)).status, 404);
});

Deno.test("members: the list is the vendor's own; the last admin stays", async () => {
  const { body } = await admin("GET", "/v1/members");
  const me = body.data.find((member: { appwrite_user_id: string }) => member.appwrite_user_id === `ada-${unique}`);
  ok(me);
  ok(!JSON.stringify(body.data).includes(`bob-${unique}`));
  for (
    const answer of [
      await admin("DELETE", `/v1/members/${me.id}`),
      await admin("PATCH", `/v1/members/${me.id}`, { role: "vendor_viewer" }),
      await admin("PATCH", `/v1/members/${me.id}`, { status: "suspended" }),
    ]
  ) deepStrictEqual([answer.status, answer.body.type], [409, "/problems/last-admin"]);
});

Deno.test("vendors: a superadmin makes, changes, suspends and reactivates one", async () => {
  const platform = as(root.token);
  const code = `made-${unique}`;
  const made = await platform("POST", "/v1/vendors", { code, name: "Made" });
  deepStrictEqual([made.status, made.body.status], [201, "active"]);
  strictEqual((await platform("POST", "/v1/vendors", { code, name: "Twice" })).body.type, "/problems/vendor-exists");
  const path = `/v1/vendors/${made.body.id}`;
  const renamed = await platform("PATCH", path, { name: "Renamed", settings: { rate_limits: { user: 90 } } });
  deepStrictEqual([renamed.body.name, renamed.body.settings_json], ["Renamed", { rate_limits: { user: 90 } }]);
  deepStrictEqual((await platform("GET", path)).body, renamed.body);
  strictEqual((await platform("PATCH", path, { settings: { rate_limits: { user: 0 } } })).status, 400);
  const listed = await api.ask("GET", "/v1/vendors", { token: root.token, query: { limit: 200 } });
  ok(listed.body.data.some((vendor: { code: string }) => vendor.code === code));

  const member = await createPerson("mona", { role: "vendor_admin", vendor: "closing" });
  const closing = `/v1/vendors/${member.vendorId}`;
  strictEqual((await platform("PATCH", closing, { status: "suspended", reason: "Unpaid." })).status, 200);
  const shut = await as(member.token)("GET", "/v1/products");
  deepStrictEqual([shut.status, shut.body.type], [403, "/problems/vendor-suspended"]);
  strictEqual((await as(member.token)("POST", "/v1/token")).status, 403);
  strictEqual((await platform("PATCH", closing, { status: "active" })).status, 200);
  strictEqual((await as(member.token)("GET", "/v1/products")).status, 200);
});
