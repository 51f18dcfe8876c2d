/**
 * The whole backend on one machine: Postgres, migrations, functions, the stand-ins for the platform, one gateway.
 * Started by `npm start`, and by the tests on free ports.
 */
import { join, resolve } from "node:path";
import postgres from "postgres";
import { appwritePath, createAppwrite } from "./appwrite/index.ts";
import { prepareAppwrite } from "./appwrite/database.ts";
import { createAuth } from "./auth/index.ts";
import { consolePath, createConsole } from "./console.ts";
import { emptyDataFolder, openDataFolder } from "./data_folder.ts";
import { writeEnvFile } from "./env_file.ts";
import { type FunctionLog, startFunctions } from "./functions.ts";
import { serveGateway } from "./gateway.ts";
import { loadKeys } from "./keys.ts";
import { applyMigrations } from "./migrate.ts";
import { installPlatform } from "./platform.ts";
import { mustBeFree, takePort } from "./ports.ts";
import { leftServer, loadPasswords, type RunningPostgres, startPostgres } from "./postgres.ts";
import { createRest } from "./rest/index.ts";
import { createStorage } from "./storage/index.ts";
import { checkSettings, stackEnv } from "./stack_env.ts";
import { StackError } from "./stack_error.ts";
import { createTokenVerifier } from "./third_party_tokens.ts";
import { startWebhookLoop } from "./webhook_loop.ts";
import { startWorkerLoop, type WorkerLoop } from "./worker_loop.ts";

export type StackOptions = {
  dataDir: string;
  /** The gateway's port; 0 takes a free one. */
  port: number;
  /** Postgres' port; 0 takes a free one. */
  dbPort: number;
  /** Which functions to run; all that supabase/config.toml declares unless told otherwise. */
  functions?: string[];
  /** Throws away what the data folder holds. */
  fresh?: boolean;
  /** Reloads functions when their code changes. */
  watch?: boolean;
  /** Calls `worker` all the time, as pg_cron would. */
  workerLoop?: boolean;
  /** Settings for the functions beside the platform's own, as `supabase secrets set` gives them. */
  secrets?: Record<string, string>;
  /** Server settings that differ from the usual ones. */
  postgresSettings?: Record<string, string>;
  /** What Auth's bcrypt costs: 10, as hosted, unless told otherwise; 4 is the least. */
  passwordCost?: number;
  /** The Deno that runs the functions. */
  deno?: string;
  log: FunctionLog;
};

/** A running stack. */
export type Stack = {
  dataDir: string;
  url: string;
  dbUrl: string;
  superuserUrl: string;
  /** What `<dataDir>/env` holds. */
  env: Record<string, string>;
  /** True when the database was still running, left by a killed stack. */
  adopted: boolean;
  /** Ends everything in order. */
  stop(): Promise<void>;
  /** Ends everything at once, for those who cannot wait. */
  kill(): void;
};

const root = join(import.meta.dirname!, "..", "..");

/** How long open requests and the functions' background work may go on when the stack stops. */
const stopGraceMs = 3000;

/** Starts a stack; what was started is ended again if a later part fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  await using parts = new AsyncDisposableStack();
  const { log } = options;

  const dataDir = resolve(options.dataDir);
  const gateway = await takePort(
    options.port,
    "ODYSSEY_PORT or --port",
    (port) => serveGateway({ port, dataDir, log: (line) => log("gateway", line) }),
  );
  parts.defer(() => gateway.stop(0));
  const folder = parts.adopt(await openDataFolder(dataDir), ({ close }) => Promise.resolve(close()));

  if (options.fresh) await emptyDataFolder(folder);
  const keys = await loadKeys(dataDir);
  if ((await leftServer(dataDir))?.port !== options.dbPort) {
    await mustBeFree(options.dbPort, "ODYSSEY_DB_PORT or --db-port");
  }
  const settings = options.postgresSettings ?? {};
  const server = await startPostgres({ dataDir, port: options.dbPort, settings });
  parts.defer(() => server.stop());

  const env = stackEnv({ url: gateway.url, dbUrl: server.url, keys });
  const functionsEnv = checkSettings(env.forFunctions(options.secrets ?? {}));
  const functions = await startFunctions({
    root,
    deno: options.deno ?? Deno.execPath(),
    env: functionsEnv,
    log,
    watch: options.watch ?? false,
    ...(options.functions ? { only: options.functions } : {}),
  });
  parts.defer(() => functions.stop(stopGraceMs));

  await installPlatform(server.superuserUrl, await loadPasswords(dataDir));
  await Promise.all([migrate(server), prepareAppwrite(server.url)]);

  const sql = postgres(server.url, { max: 8, onnotice: () => {}, connection: { application_name: "platform" } });
  parts.defer(() => sql.end({ timeout: 1 }));
  const callers = {
    publishableKeys: [keys.publishable],
    secretKeys: [keys.secret],
    verifyToken: createTokenVerifier(`${gateway.url}/functions/v1/api`),
  };
  let workerLoop: WorkerLoop | undefined;
  const storage = await createStorage({
    ...callers,
    sql,
    dataDir,
    tokenSecret: keys.storageTokenSecret,
    publicUrl: () => `${gateway.url}/storage/v1`,
    onStored: () => workerLoop?.wake(),
  });
  parts.defer(() => storage.close());
  const rest = await createRest({ ...callers, databaseUrl: server.authenticatorUrl });
  parts.defer(() => rest.close());
  const appwrite = createAppwrite({ databaseUrl: server.url, ...env.appwrite });
  parts.defer(() => appwrite.close());
  const auth = createAuth({ ...callers, sql, passwordCost: options.passwordCost ?? 10 });

  gateway.open([
    { prefix: "/functions/v1", cors: false, handle: functions.handle },
    { prefix: "/storage/v1", cors: true, handle: storage.handle },
    { prefix: "/rest/v1", cors: true, handle: rest.handle },
    { prefix: "/auth/v1", cors: true, handle: auth.handle },
    { prefix: appwritePath, cors: true, handle: appwrite.handle },
    { prefix: consolePath, cors: false, handle: createConsole().handle },
  ]);
  await writeEnvFile(join(dataDir, "env"), env.forFile);
  await functions.loaded();

  // Last to begin, first to end: the worker, then open requests, then what they need.
  parts.defer(() => gateway.stop(stopGraceMs));
  if (options.workerLoop ?? functions.names.includes("worker")) {
    const url = `${gateway.url}/functions/v1/worker`;
    const loop = startWorkerLoop({ url, secretKey: keys.secret, log: (line) => log("worker loop", line) });
    workerLoop = loop;
    parts.defer(() => loop.stop());
    const webhooks = startWebhookLoop({ url, secretKey: keys.secret, log: (line) => log("webhook loop", line) });
    parts.defer(() => webhooks.stop());
  }

  const running = parts.move();
  return {
    dataDir,
    url: gateway.url,
    dbUrl: server.url,
    superuserUrl: server.superuserUrl,
    env: env.forFile,
    adopted: server.adopted,
    stop: () => running.disposeAsync(),
    kill() {
      functions.kill();
      try {
        server.kill();
      } catch {
        // It has ended already.
      }
    },
  };
}

/** Until 1.0 the migrations are made anew from sql/; an older database cannot follow them. */
async function migrate({ url, created }: RunningPostgres): Promise<void> {
  await applyMigrations(url).catch((error) => {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
    const remedy = "If this data folder is older than the migrations, begin anew: npm start -- --fresh";
    throw new StackError(created ? reason : `${reason}. ${remedy}`);
  });
}
