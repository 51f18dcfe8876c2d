/** A streaming standby of a running local server, made from the same binaries: a base copy, then the log as it comes. */
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { type RunningPostgres, startPostgres } from "../../scripts/local/postgres.ts";

export type Standby = {
  server: RunningPostgres;
  /** As superuser, to pause and resume the replay. */
  sql: Sql;
  /** Resolves when all that the primary has flushed by now is replayed. */
  caughtUp(): Promise<void>;
  /** Stops all its processes where they are, as a machine that hangs; `go` lets them run again. */
  hang(): { go(): void };
  /** Kills it as the kernel would, at once; `start` brings it back. */
  kill(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Copies the cluster below `primaryDir` to `dataDir` while it runs, and starts the copy as its standby. */
export async function startStandby(
  { primary, primaryDir, dataDir, settings }: {
    primary: RunningPostgres;
    primaryDir: string;
    dataDir: string;
    settings: Record<string, string>;
  },
): Promise<Standby> {
  const admin = postgres(primary.superuserUrl, { max: 1, onnotice: () => {} });
  await Deno.mkdir(dataDir, { recursive: true, mode: 0o755 });
  await Deno.copyFile(join(primaryDir, "passwords.json"), join(dataDir, "passwords.json"));
  await admin`select pg_backup_start('standby', fast => true)`;
  await shell(
    `mkdir '${dataDir}/postgres' && tar -C '${primaryDir}/postgres' --exclude='./pg_wal/*' --exclude=./postmaster.pid ` +
      `--exclude=./server.log -cf - . | tar -C '${dataDir}/postgres' -xpf - && touch '${dataDir}/postgres/standby.signal'`,
  );
  const [stopped] = await admin<
    { labelfile: string }[]
  >`select labelfile from pg_backup_stop(wait_for_archive => false)`;
  await Deno.writeTextFile(join(dataDir, "postgres", "backup_label"), stopped!.labelfile);
  await shell(`chown -R --reference='${primaryDir}/postgres/PG_VERSION' '${dataDir}/postgres'`);

  const { hostname, port, username, password } = new URL(primary.superuserUrl);
  const conninfo = `host=${hostname} port=${port} user=${username} password=${password}`;
  const launch = () =>
    startPostgres({ dataDir, port: standby.server?.port ?? 0, settings: { ...settings, primary_conninfo: conninfo } });
  let killed: number[] = [];
  const standby = {
    kill() {
      killed = [standby.server.pid, ...childrenOf(standby.server.pid)];
      Deno.kill(standby.server.pid, "SIGKILL");
    },
    async start() {
      while (killed.some(isRunning)) await new Promise((done) => setTimeout(done, 10));
      // Nobody may be there to bury the dead process, and Postgres would take it for alive.
      if (killed.length > 0) await Deno.remove(join(dataDir, "postgres", "postmaster.pid"));
      standby.server = await launch();
    },
    async caughtUp() {
      const [{ lsn }] = await admin<[{ lsn: string }]>`select pg_current_wal_flush_lsn()::text as lsn`;
      const [{ done }] = await standby.sql<
        [{ done: boolean }]
      >`select pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as done`;
      if (!done) await standby.caughtUp();
    },
    hang() {
      const processes = [standby.server.pid, ...childrenOf(standby.server.pid)];
      for (const pid of processes) Deno.kill(pid, "SIGSTOP");
      return { go: () => processes.forEach((pid) => Deno.kill(pid, "SIGCONT")) };
    },
    async stop() {
      await Promise.all([admin.end({ timeout: 1 }), standby.sql.end({ timeout: 1 })]);
      await standby.server.stop().catch(() => {});
    },
  } as Standby;
  await standby.start();
  standby.sql = postgres(standby.server.superuserUrl, { max: 1, onnotice: () => {}, backoff: () => 0.1 });
  return standby;
}

async function shell(command: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("sh", { args: ["-c", command] }).output();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

function childrenOf(pid: number): number[] {
  const { stdout } = new Deno.Command("pgrep", { args: ["-P", String(pid)] }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] }).outputSync();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}
