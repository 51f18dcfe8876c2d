/** A PostgREST stand-in of its own for a test, on the stack's database, with a schema made for the purpose. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres, { type Sql } from "postgres";
import { createRest } from "../../scripts/local/rest/index.ts";

const publishableKey = "sb_publishable_rest_test";
const secretKey = "sb_secret_rest_test";

export type RestStand = {
  url: string;
  sql: Sql;
  service: SupabaseClient;
  guest: SupabaseClient;
  /** A client with an access token; the payload is the token here. */
  as(claims: Record<string, unknown>): SupabaseClient;
  fetch(path: string, init?: RequestInit): Promise<Response>;
};

/** Runs `setup` (SQL) before and `cleanup` after `run`. */
export async function withRest(setup: string, cleanup: string, run: (stand: RestStand) => Promise<void>) {
  const databaseUrl = Deno.env.get("SUPABASE_DB_URL")!;
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const authenticator = new URL(databaseUrl);
  authenticator.username = "authenticator";
  const passwords = `${Deno.env.get("ODYSSEY_TEST_DATA_DIR")}/passwords.json`;
  authenticator.password = JSON.parse(await Deno.readTextFile(passwords)).authenticator;
  const rest = createRest({
    databaseUrl: authenticator.href,
    publishableKeys: [publishableKey],
    secretKeys: [secretKey],
    verifyToken: (token) => token.startsWith("user.") ? JSON.parse(atob(token.split(".")[1]!)) : null,
  });
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => rest.handle(request, new URL(request.url)),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  try {
    await sql.unsafe(cleanup);
    await sql.unsafe(setup);
    await run({
      url,
      sql,
      service: createClient(url, secretKey),
      guest: createClient(url, publishableKey),
      as: (claims) =>
        createClient(url, publishableKey, {
          accessToken: () => Promise.resolve(`user.${btoa(JSON.stringify(claims))}.token`),
        }),
      fetch: (path, init = {}) =>
        fetch(`${url}/rest/v1${path}`, { ...init, headers: { apikey: secretKey, ...init.headers } }),
    });
  } finally {
    await server.shutdown();
    await rest.close();
    await sql.unsafe(cleanup);
    await sql.end();
  }
}
