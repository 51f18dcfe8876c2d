/** The rows of auth.users, as the admin API reads and writes them. */
import type { Sql } from "postgres";
import { z } from "zod";
import { errors } from "./errors.ts";

const json = z.record(z.string(), z.unknown());

/** What the admin API takes to create or change a user; unknown fields are ignored, as hosted. */
const changesSchema = z.object({
  id: z.guid().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  password: z.string().optional(),
  email_confirm: z.boolean().optional(),
  phone_confirm: z.boolean().optional(),
  user_metadata: json.optional(),
  app_metadata: json.optional(),
  role: z.string().optional(),
  ban_duration: z.string().optional(),
});

export type UserChanges = z.infer<typeof changesSchema>;

type UserRow = {
  id: string;
  aud: string;
  role: string;
  email: string | null;
  phone: string | null;
  email_confirmed_at: Date | null;
  phone_confirmed_at: Date | null;
  banned_until: Date | null;
  last_sign_in_at: Date | null;
  raw_app_meta_data: Record<string, unknown> | null;
  raw_user_meta_data: Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
};

/** Reads and checks a body; what is wrong with it is told as Supabase Auth tells it. */
export async function readChanges(request: Request): Promise<UserChanges> {
  const body = await request.json().catch(() => {
    throw errors.badJson();
  });
  const result = changesSchema.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw errors.validation(`${issue?.path.join(".") || "body"}: ${issue?.message}`);
  }
  const changes = result.data;
  if (changes.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(changes.email)) {
    throw errors.validation("Unable to validate email address: invalid format");
  }
  if (changes.phone && !/^\+?[1-9]\d{6,14}$/.test(changes.phone)) {
    throw errors.validation("Invalid phone number format (E.164 required)");
  }
  if (changes.password !== undefined && changes.password.length < 6) throw errors.weakPassword();
  return changes;
}

export async function insertUser(sql: Sql, changes: UserChanges, passwordCost: number): Promise<string> {
  if (!changes.email && !changes.phone) {
    throw errors.validation("Cannot create a user without either an email or phone");
  }
  // The address comes before the id, as hosted: a call that comes twice is told that its address is taken.
  const email = changes.email?.toLowerCase() ?? null;
  const [taken] = await sql`select from auth.users where email = ${email} and not is_sso_user`;
  if (taken) throw errors.emailExists();
  const id = changes.id ?? crypto.randomUUID();
  const now = new Date();
  await sql`insert into auth.users ${
    sql({
      ...columns(changes, now),
      id,
      instance_id: "00000000-0000-0000-0000-000000000000",
      aud: "authenticated",
      role: changes.role ?? "authenticated",
      raw_app_meta_data: sql.json({ ...providers(changes), ...changes.app_metadata } as never),
      raw_user_meta_data: sql.json((changes.user_metadata ?? {}) as never),
      created_at: now,
      updated_at: now,
    })
  }`;
  if (changes.password !== undefined) await setPassword(sql, id, changes.password, passwordCost);
  return id;
}

export async function updateUser(sql: Sql, id: string, changes: UserChanges, passwordCost: number): Promise<void> {
  const { raw_app_meta_data: app, raw_user_meta_data: user } = await findUser(sql, id);
  await sql`update auth.users set ${
    sql({
      ...columns(changes, new Date()),
      ...(changes.role ? { role: changes.role } : {}),
      raw_app_meta_data: sql.json(merge(app, changes.app_metadata) as never),
      raw_user_meta_data: sql.json(merge(user, changes.user_metadata) as never),
    })
  } where id = ${id}`;
  if (changes.password !== undefined) await setPassword(sql, id, changes.password, passwordCost);
}

/** A soft deletion keeps the row, without anything personal in it. */
export async function deleteUser(sql: Sql, id: string, soft: boolean): Promise<void> {
  await findUser(sql, id);
  if (!soft) return void await sql`delete from auth.users where id = ${id}`;
  await sql`
    update auth.users
    set email = null, phone = null, encrypted_password = null, raw_user_meta_data = '{}', deleted_at = now()
    where id = ${id}`;
}

export async function findUser(sql: Sql, id: string): Promise<UserRow> {
  const [user] = z.guid().safeParse(id).success
    ? await sql<UserRow[]>`select * from auth.users where id = ${id} and deleted_at is null`
    : [];
  if (!user) throw errors.userNotFound();
  return user;
}

export async function listUsers(sql: Sql, page: number, perPage: number): Promise<{ total: number; users: UserRow[] }> {
  const [count] = await sql<{ total: number }[]>`
    select count(*)::int as total from auth.users where deleted_at is null`;
  const users = await sql<UserRow[]>`
    select * from auth.users where deleted_at is null
    order by created_at desc, id limit ${perPage} offset ${(page - 1) * perPage}`;
  return { total: count?.total ?? 0, users };
}

/** A user as the API shows it. */
export function describeUser(user: UserRow): Record<string, unknown> {
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? "",
    ...(user.email_confirmed_at ? { email_confirmed_at: user.email_confirmed_at } : {}),
    phone: user.phone ?? "",
    ...(user.phone_confirmed_at ? { phone_confirmed_at: user.phone_confirmed_at } : {}),
    ...(user.last_sign_in_at ? { last_sign_in_at: user.last_sign_in_at } : {}),
    ...(user.banned_until ? { banned_until: user.banned_until } : {}),
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    identities: [],
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: false,
  };
}

function columns(changes: UserChanges, now: Date) {
  return {
    ...(changes.email !== undefined ? { email: changes.email.toLowerCase() || null } : {}),
    ...(changes.phone !== undefined ? { phone: changes.phone.replace(/^\+/, "") || null } : {}),
    ...(changes.email_confirm ? { email_confirmed_at: now } : {}),
    ...(changes.phone_confirm ? { phone_confirmed_at: now } : {}),
    ...(changes.ban_duration !== undefined ? { banned_until: bannedUntil(changes.ban_duration, now) } : {}),
    updated_at: now,
  };
}

async function setPassword(sql: Sql, id: string, password: string, cost: number): Promise<void> {
  await sql`
    update auth.users set encrypted_password = extensions.crypt(${password}, extensions.gen_salt('bf', ${cost}::int))
    where id = ${id}`;
}

function providers(changes: UserChanges) {
  const names = [...(changes.email ? ["email"] : []), ...(changes.phone ? ["phone"] : [])];
  return { provider: names[0], providers: names };
}

/** A key set to null is removed. */
function merge(before: Record<string, unknown> | null, changes: Record<string, unknown> | undefined) {
  const merged = { ...before, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** `none`, or hours, minutes and seconds as in `1h30m`. */
function bannedUntil(duration: string, now: Date): Date | null {
  if (duration === "none") return null;
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration);
  if (!match || !duration) {
    throw errors.validation(`invalid format for ban duration: time: invalid duration "${duration}"`);
  }
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return new Date(now.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}
