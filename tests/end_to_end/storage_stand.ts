/** A Storage stand-in of its own for a test, on the stack's database, which can be stopped and started again. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres, { type Sql } from "postgres";
import { createStorage } from "../../scripts/local/storage/index.ts";

export const publishableKey = "sb_publishable_storage_test";
export const secretKey = "sb_secret_storage_test";

/** Stands for the access tokens of the api function: the payload is the token. */
export const userToken = (claims: Record<string, unknown>) => `user.${btoa(JSON.stringify(claims))}.token`;

/** A connection past every rule, for what a hosted project does in its dashboard. */
export function asSuperuser(): Sql {
  const url = new URL(Deno.env.get("SUPABASE_DB_URL")!);
  const file = `${Deno.env.get("ODYSSEY_TEST_DATA_DIR")}/passwords.json`;
  url.username = "supabase_admin";
  url.password = JSON.parse(Deno.readTextFileSync(file)).supabase_admin;
  return postgres(url.href, { max: 1, onnotice: () => {} });
}

export type StorageStand = {
  url: string;
  bucket: string;
  sql: Sql;
  service: SupabaseClient;
  as(claims: Record<string, unknown>): SupabaseClient;
  restart(): Promise<void>;
};

export async function withStorage(run: (stand: StorageStand) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "odyssey-storage-" });
  const sql = postgres(Deno.env.get("SUPABASE_DB_URL")!, { max: 4, onnotice: () => {} });
  const start = () =>
    createStorage({
      sql,
      dataDir,
      publishableKeys: [publishableKey],
      secretKeys: [secretKey],
      tokenSecret: "a secret of at least thirty-two bytes",
      publicUrl: () => `${stand.url}/storage/v1`,
      verifyToken: (token) => token.startsWith("user.") ? JSON.parse(atob(token.split(".")[1]!)) : null,
    });
  let storage: ReturnType<typeof createStorage>;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => storage.handle(request, new URL(request.url)),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const options = { auth: { persistSession: false } };
  const bucket = `test-${crypto.randomUUID().slice(0, 8)}`;
  const stand: StorageStand = {
    url,
    bucket,
    sql,
    service: createClient(url, secretKey, options),
    as: (claims) => createClient(url, publishableKey, { accessToken: () => Promise.resolve(userToken(claims)) }),
    async restart() {
      await storage.close();
      storage = start();
    },
  };
  storage = start();
  try {
    const { error } = await stand.service.storage.createBucket(bucket, { public: false });
    if (error) throw error;
    await run(stand);
  } finally {
    await server.shutdown();
    await storage.close();
    await sql`delete from storage.objects where bucket_id = ${bucket}`;
    await sql`delete from storage.buckets where id = ${bucket}`;
    await sql.end();
    await Deno.remove(dataDir, { recursive: true });
  }
}
