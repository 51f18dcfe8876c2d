/** A stack for one benchmark: a temporary folder, free ports, a vendor with a few hundred real foods. */
import { fillCatalogue } from "../start/catalogue.ts";
import { createIdentity, type IdentityRequest } from "../local/identities.ts";
import { liftRateLimits } from "../local/lift_rate_limits.ts";
import { startStack } from "../local/stack.ts";

/** Addresses, a token of a vendor_admin, and that vendor; tokens of others are made when asked for. */
export type BenchStack = {
  api: string;
  dbUrl: string;
  token: string;
  vendorId: string;
  dataDir: string;
  createToken(request: IdentityRequest): Promise<string>;
  stop(): Promise<void>;
};

/** Starts the stack and, unless told otherwise, fills it. */
export async function startBenchStack({ fill = true, workerLoop = true, passwordCost = 10 } = {}): Promise<BenchStack> {
  const dataDir = await Deno.makeTempDir({ prefix: "odyssey-bench-" });
  await Deno.chmod(dataDir, 0o755);
  const stack = await startStack({
    dataDir,
    port: 0,
    dbPort: 0,
    workerLoop,
    passwordCost,
    secrets: { ODYSSEY_LOG_LEVEL: "error" },
    log: (source, line) => void (line.includes('"level":"error"') && console.error(`${source}: ${line}`)),
  });
  await liftRateLimits(stack.dbUrl);
  const settings = { SUPABASE_DB_URL: stack.dbUrl, APPWRITE_JWT_SECRET: stack.env.APPWRITE_JWT_SECRET! };
  const { token, vendorId = "" } = await createIdentity(settings, {
    userId: "bench",
    role: "vendor_admin",
    vendor: "bench",
    seconds: 3600,
  });
  if (fill) await fillCatalogue({ url: stack.url, token });
  return {
    api: `${stack.url}/functions/v1/api/v1`,
    dbUrl: stack.dbUrl,
    token,
    vendorId,
    dataDir,
    createToken: async (request) => (await createIdentity(settings, { seconds: 3600, ...request })).token,
    async stop() {
      await stack.stop();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
