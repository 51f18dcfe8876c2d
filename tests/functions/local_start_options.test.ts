import { deepStrictEqual } from "node:assert";
import { ownSettings } from "../../scripts/start/options.ts";

Deno.test("npm start gives the functions their own settings of the environment, and no other stack's", () => {
  const environment = {
    ODYSSEY_AUTH_ISSUER: "https://auth.example",
    ODYSSEY_DB_POOL_SIZE: " ",
    ODYSSEY_PORT: "0",
    APPWRITE_ENDPOINT: "http://127.0.0.1:54321/appwrite/v1",
    SUPABASE_URL: "http://127.0.0.1:54321",
    PATH: "/bin",
  };
  deepStrictEqual(ownSettings(environment), { ODYSSEY_AUTH_ISSUER: "https://auth.example" });
});
