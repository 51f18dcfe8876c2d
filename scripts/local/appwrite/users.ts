/** What is asked of the local Appwrite's users, each a named query. */
import type { AppwriteSql, AppwriteUser } from "./database.ts";

/** Ids as Appwrite allows them when the caller chooses. */
export const appwriteIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/;

export async function findUser(sql: AppwriteSql, id: string): Promise<AppwriteUser | null> {
  const [user] = await sql<AppwriteUser[]>`select * from users where id = ${id}`;
  return user ?? null;
}

/** Makes the user where it is missing; one that exists stays as it is, blocked or not. */
export async function ensureUser(
  sql: AppwriteSql,
  { id, name = id, email = `${id.toLowerCase()}@example.com` }: { id: string; name?: string; email?: string },
): Promise<void> {
  await sql`insert into users (id, name, email) values (${id}, ${name}, ${email}) on conflict (id) do nothing`;
}

export async function setStatus(sql: AppwriteSql, id: string, status: boolean): Promise<AppwriteUser | null> {
  const [user] = await sql<AppwriteUser[]>`update users set status = ${status} where id = ${id} returning *`;
  return user ?? null;
}

/** The id of a session of this user: the newest there is, or a new one. */
export async function ensureSession(sql: AppwriteSql, userId: string): Promise<string> {
  const [session] = await sql<{ id: string }[]>`
    select id from sessions where user_id = ${userId} order by created_at desc limit 1`;
  if (session) return session.id;
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 20);
  await sql`insert into sessions (id, user_id) values (${id}, ${userId})`;
  return id;
}

/** The user, where the session is one of theirs. */
export async function findSignedIn(sql: AppwriteSql, id: string, sessionId: string): Promise<AppwriteUser | null> {
  const [user] = await sql<AppwriteUser[]>`
    select users.* from users join sessions on sessions.user_id = users.id
    where users.id = ${id} and sessions.id = ${sessionId}`;
  return user ?? null;
}

export async function endSessions(sql: AppwriteSql, userId: string): Promise<void> {
  await sql`delete from sessions where user_id = ${userId}`;
}
