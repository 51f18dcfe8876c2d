/** What `npm start` says once everything runs. */
import { relative } from "node:path";
import { consolePath } from "../local/console.ts";
import type { Stack } from "../local/stack.ts";
import type { Demo } from "./demo.ts";

/** The addresses, keys, demo identities and three requests to try. */
export function banner(stack: Stack, { vendorId, people }: Demo, logPath: string): string {
  const { url, env } = stack;
  const api = `${url}/functions/v1/api`;
  const bearer = `-H "Authorization: Bearer ${people[0]?.token}"`;
  return `Odyssey runs on ${url}

${
    table([
      ["API", `${api}/v1`],
      ["Reference", `${api}/docs`],
      ["Console", `${url}${consolePath}/`],
      ["Storage", `${url}/storage/v1`],
      ["PostgREST", `${url}/rest/v1`],
      ["Appwrite", env.APPWRITE_ENDPOINT ?? ""],
      ["Postgres", stack.dbUrl],
      ["Publishable key", env.SUPABASE_PUBLISHABLE_KEY ?? ""],
      ["Secret key", env.SUPABASE_SECRET_KEY ?? ""],
      ["Data", `${shortPath(stack.dataDir)} (settings in env, log in ${shortPath(logPath)})`],
    ])
  }

The demo vendor is ${vendorId}. Its people, with tokens that hold for an hour:

${table(people.map(({ userId, role, token }) => [userId, role, token]))}

Another token: npm run token -- --user demo_admin --role vendor_admin

Try:

  curl -s "${api}/health"
  curl -s "${api}/v1/search/products?q=rice&limit=3" ${bearer}
  curl -s "${api}/v1/me" ${bearer}
`;
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}`)
    .join("\n");
}

function shortPath(path: string): string {
  const fromHere = relative(Deno.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}
