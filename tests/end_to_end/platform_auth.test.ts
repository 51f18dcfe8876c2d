import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createClient } from "@supabase/supabase-js";
import { stack, unique } from "./people.ts";

const options = { auth: { persistSession: false, autoRefreshToken: false } };
const service = createClient(stack.url, Deno.env.get("SUPABASE_SECRET_KEY")!, options).auth.admin;
const visitor = createClient(stack.url, stack.publishableKey, options).auth.admin;

Deno.test("auth: supabase-js creates, lists, changes and deletes users with the secret key", async () => {
  const email = `Anna-${unique}@Example.com`;
  const { data, error } = await service.createUser({
    email,
    password: "correct horse",
    user_metadata: { from: "test" },
  });
  strictEqual(error, null);
  const { id } = data.user!;
  deepStrictEqual([data.user!.email, data.user!.user_metadata], [email.toLowerCase(), { from: "test" }]);

  const listed = await service.listUsers({ page: 1, perPage: 1000 });
  ok(listed.data.users.some((user) => user.id === id));
  const changed = await service.updateUserById(id, { user_metadata: { from: null, now: 1 }, ban_duration: "1h" });
  deepStrictEqual(changed.data.user!.user_metadata, { now: 1 });
  ok(Date.parse(changed.data.user!.banned_until!) > Date.now());
  strictEqual((await service.getUserById(id)).data.user!.id, id);

  strictEqual((await service.deleteUser(id)).error, null);
  const gone = await service.getUserById(id);
  deepStrictEqual([gone.error?.status, gone.error?.code], [404, "user_not_found"]);
});

Deno.test("auth: refusals carry the status and code of Supabase Auth", async () => {
  const email = `taken-${unique}@example.com`;
  const { data } = await service.createUser({ email });
  const refusal = async (attempt: Promise<{ error: { status?: number | undefined; code?: unknown } | null }>) => {
    const { error } = await attempt;
    return [error?.status, error?.code];
  };
  deepStrictEqual(await refusal(service.createUser({ email: email.toUpperCase() })), [422, "email_exists"]);
  deepStrictEqual(await refusal(service.createUser({ email: "nobody" })), [400, "validation_failed"]);
  deepStrictEqual(await refusal(service.createUser({})), [400, "validation_failed"]);
  deepStrictEqual(await refusal(service.createUser({ email: `a${email}`, password: "abc" })), [422, "weak_password"]);
  deepStrictEqual(await refusal(visitor.createUser({ email: `b${email}` })), [403, "not_admin"]);
  await service.deleteUser(data.user!.id);

  const older = await fetch(`${stack.url}/auth/v1/admin/users/${crypto.randomUUID()}`, {
    headers: { apikey: Deno.env.get("SUPABASE_SECRET_KEY")! },
  });
  deepStrictEqual(await older.json(), { code: 404, error_code: "user_not_found", msg: "User not found" });
  const keyless = await fetch(`${stack.url}/auth/v1/admin/users`);
  strictEqual(keyless.status, 401);
  await keyless.body?.cancel();
});
