/**
 * A real Postgres 17 for one data folder: made on first use, started, adopted when a killed parent left it
 * running, stopped. Stands for the project's database; leaves out pg_cron, pg_net and pg_tle.
 */
import { join, resolve } from "node:path";
import { postgresBinaries } from "./postgres_binaries.ts";
import { type DatabaseUser, databaseUser, reachableFolder } from "./database_user.ts";

/** A running server. `url` connects as `postgres` (what the product gets), `superuserUrl` as the platform itself. */
export type RunningPostgres = {
  port: number;
  url: string;
  superuserUrl: string;
  /** Role `authenticator`, which may only become anon, authenticated or service_role. */
  authenticatorUrl: string;
  /** True when the server was already running for this data folder. */
  adopted: boolean;
  /** True when the cluster was made by this call. */
  created: boolean;
  /** The postmaster's process id, for tests that kill it. */
  pid: number;
  stop(): Promise<void>;
  /** Ends it at once, as a crash would; the next start recovers. */
  kill(): void;
};

export type PostgresOptions = {
  /** The stack's data folder; the cluster is `<dataDir>/postgres`. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Server settings that differ from ours, e.g. `{ fsync: "off" }` for tests. */
  settings?: Record<string, string>;
  /** The folder of a server of one's own; the prepared one unless told otherwise. */
  binaries?: string;
};

type Passwords = { supabase_admin: string; postgres: string; authenticator: string };

const serverSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  maintenance_work_mem: "128MB",
  work_mem: "16MB",
  max_wal_size: "4GB",
  wal_level: "logical",
  checkpoint_timeout: "10min",
  jit: "off",
  log_min_messages: "warning",
  log_min_error_statement: "fatal",
  max_locks_per_transaction: "256",
  timezone: "UTC",
  // As ODYSSEY_OUTBOUND_LOCAL says it to the functions: URLs may name this machine.
  "app.outbound_local": "true",
};

/** Starts the server of `dataDir`, or adopts the one that already runs. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = options.binaries ?? await postgresBinaries();
  const user = await databaseUser();
  await Deno.mkdir(options.dataDir, { recursive: true });
  const folder = await reachableFolder(resolve(options.dataDir), "postgres", user);
  const passwords = await loadPasswords(options.dataDir);
  const created = !(await exists(join(folder, "PG_VERSION")));
  if (created) await initialise(binaries, folder, user, passwords);

  const running = await runningServer(folder);
  const adopted = running !== null && (options.port === 0 || options.port === running.port);
  if (running && !adopted) await control(binaries, user, folder, ["stop", "-m", "fast", "-w"]);
  const port = adopted ? running.port : options.port || freePort();
  if (!adopted) await start(binaries, folder, user, port, options.settings ?? {});

  const url = (role: keyof Passwords) => `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/postgres`;
  const pid = (await runningServer(folder))?.pid ?? 0;
  return {
    port,
    url: url("postgres"),
    superuserUrl: url("supabase_admin"),
    authenticatorUrl: url("authenticator"),
    adopted,
    created,
    pid,
    async stop() {
      await control(binaries, user, folder, ["stop", "-m", "fast", "-w"]).catch(async (error) => {
        // One that has ended already is no failure.
        if (await runningServer(folder)) throw error;
      });
    },
    kill: () => Deno.kill(pid, "SIGQUIT"),
  };
}

/** The server that a killed stack left running in this data folder. */
export function leftServer(dataDir: string): Promise<{ pid: number; port: number } | null> {
  return runningServer(join(resolve(dataDir), "postgres"));
}

/** The passwords of the roles that log in, as the platform's SQL needs them. */
export async function loadPasswords(dataDir: string): Promise<Passwords> {
  const file = join(dataDir, "passwords.json");
  if (await exists(file)) return JSON.parse(await Deno.readTextFile(file));
  const random = () => crypto.randomUUID().replaceAll("-", "");
  const passwords = { supabase_admin: random(), postgres: random(), authenticator: random() };
  await Deno.writeTextFile(file, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}

async function initialise(binaries: string, folder: string, user: DatabaseUser, passwords: Passwords) {
  const passwordFile = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(passwordFile, passwords.supabase_admin);
    if (user.uid !== undefined) await Deno.chown(passwordFile, user.uid, user.gid ?? null);
    await run(join(binaries, "bin", "initdb"), user, [
      `--pgdata=${folder}`,
      "--username=supabase_admin",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
    ]);
  } finally {
    await Deno.remove(passwordFile);
  }
}

async function start(
  binaries: string,
  folder: string,
  user: DatabaseUser,
  port: number,
  settings: Record<string, string>,
) {
  const all = { ...serverSettings, ...settings, port: String(port) };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`).join(" ");
  const log = join(folder, "server.log");
  await control(binaries, user, folder, ["start", "-w", "-t", "60", "-l", log, "-o", flags]).catch(async (error) => {
    const tail = await Deno.readTextFile(log).then((text) => text.split("\n").slice(-6).join("\n"), () => "");
    throw new Error(`Postgres did not start on port ${port}: ${error.message}\n${tail}`);
  });
}

function control(binaries: string, user: DatabaseUser, folder: string, args: string[]): Promise<void> {
  return run(join(binaries, "bin", "pg_ctl"), user, [`--pgdata=${folder}`, "--silent", ...args]);
}

async function run(command: string, user: DatabaseUser, args: string[]): Promise<void> {
  // stdout goes nowhere: the server that pg_ctl starts would keep a pipe open for ever.
  const child = new Deno.Command(command, {
    args,
    ...user,
    cwd: "/",
    stdin: "null",
    stdout: "null",
    stderr: command.endsWith("initdb") ? "piped" : "null",
    env: { LC_ALL: "C" },
  });
  const output = await child.output().catch((error) => {
    throw new Error(`${command}: ${error.message}`);
  });
  if (output.success) return;
  const detail = command.endsWith("initdb") ? new TextDecoder().decode(output.stderr).trim() : "see the server log";
  throw new Error(`${command.split("/").pop()} ${args[2] ?? ""} failed (${detail})`);
}

/** What postmaster.pid says, if that process is alive and is a Postgres server. */
async function runningServer(folder: string): Promise<{ pid: number; port: number } | null> {
  const lines = await Deno.readTextFile(join(folder, "postmaster.pid")).then((text) => text.split("\n"), () => []);
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  // A standby that takes reads says "standby".
  if (!pid || !port || !/^(ready|standby)/.test(lines[7] ?? "")) return null;
  const command = await Deno.readTextFile(`/proc/${pid}/comm`).then((text) => text.trim(), () => null);
  if (Deno.build.os === "linux" && command !== "postgres") return null;
  const answers = await Deno.connect({ hostname: "127.0.0.1", port }).then((c) => (c.close(), true), () => false);
  return answers ? { pid, port } : null;
}

/** A TCP port on the loopback address that nobody uses at this moment. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
