/** A cluster that lives as long as one check does, and empty databases in it that hold the platform's part alone. */
import { join } from "node:path";
import { tmpdir } from "node:os";
import postgres from "postgres";
import { installPlatform } from "../local/platform.ts";
import { loadPasswords, startPostgres } from "../local/postgres.ts";

/** Addresses of one database: as `postgres`, who owns our objects, and as the platform's superuser. */
export type EmptyDatabase = { url: string; superuserUrl: string };

/** `createDatabase` makes a database as a new hosted project has it; `stop` removes the server with its folder. */
export type ThrowAwayServer = {
  createDatabase(name: string): Promise<EmptyDatabase>;
  stop(): Promise<void>;
};

/** Starts a server on a free port, in a folder of its own; `binaries` where it is not the usual one. */
export async function startThrowAwayServer({ binaries }: { binaries?: string } = {}): Promise<ThrowAwayServer> {
  const dataDir = await Deno.makeTempDir({ dir: tmpdir(), prefix: "odyssey-migrations-" });
  await Deno.chmod(dataDir, 0o755);
  const server = await startPostgres({
    dataDir,
    port: 0,
    ...(binaries ? { binaries } : {}),
    settings: { fsync: "off", full_page_writes: "off", shared_buffers: "64MB" },
  });
  const passwords = await loadPasswords(dataDir);
  return {
    async createDatabase(name) {
      const admin = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
      await admin`create database ${admin(name)}`;
      await admin.end();
      const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
      await installPlatform(at(server.superuserUrl), passwords);
      return { url: at(server.url), superuserUrl: at(server.superuserUrl) };
    },
    async stop() {
      await server.stop();
      await Deno.remove(await Deno.realPath(join(dataDir, "postgres")), { recursive: true });
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
