/** Puts the platform's part (roles, schemas, Vault, default privileges) into a database of the local server. */
import { join } from "node:path";
import postgres from "postgres";

const folder = join(import.meta.dirname!, "platform");
const files = ["roles", "database", "auth", "storage", "vault"];

/** Installs the platform where it is missing. `superuserUrl` names the database; `passwords` the roles that log in. */
export async function installPlatform(superuserUrl: string, passwords: Record<string, string>): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ installed: boolean }[]>`select to_regnamespace('vault') is not null as installed`;
    if (row?.installed) return;
    await sql.begin(async (tx) => {
      for (const name of files) await tx.unsafe(await Deno.readTextFile(join(folder, `${name}.sql`))).simple();
      for (const role of ["postgres", "authenticator"]) {
        await tx.unsafe(`alter role ${role} password '${passwords[role]}'`);
      }
    });
  } finally {
    await sql.end();
  }
}
