/**
 * The users of the local Appwrite. Appwrite is another service, so they live in a database of their own, `appwrite`,
 * and nothing of it shows in the project's database.
 */
import postgres from "postgres";

export type AppwriteSql = postgres.Sql;

export type AppwriteUser = {
  id: string;
  name: string;
  email: string;
  /** False when the user is blocked. */
  status: boolean;
  labels: string[];
  created_at: Date;
};

/** The address of the Appwrite database beside the project's. */
export function appwriteUrl(projectDatabaseUrl: string): string {
  const url = new URL(projectDatabaseUrl);
  url.pathname = "/appwrite";
  return url.href;
}

/** Makes the database and its tables where they are missing; `projectDatabaseUrl` connects as `postgres`. */
export async function prepareAppwrite(projectDatabaseUrl: string): Promise<void> {
  const project = postgres(projectDatabaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [found] = await project`select from pg_database where datname = 'appwrite'`;
    if (!found) await project`create database appwrite`;
  } finally {
    await project.end();
  }
  const sql = openAppwrite(projectDatabaseUrl);
  try {
    await sql`
      create table if not exists users (
        id text primary key,
        name text not null default '',
        email text not null default '',
        status boolean not null default true,
        labels text[] not null default '{}',
        created_at timestamptz not null default now()
      )`;
    await sql`
      create table if not exists sessions (
        id text primary key,
        user_id text not null references users (id) on delete cascade,
        created_at timestamptz not null default now()
      )`;
  } finally {
    await sql.end();
  }
}

/** A pool on the Appwrite database; the caller ends it. */
export function openAppwrite(projectDatabaseUrl: string): AppwriteSql {
  return postgres(appwriteUrl(projectDatabaseUrl), { max: 4, onnotice: () => {} });
}
