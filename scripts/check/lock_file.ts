/**
 * package-lock.json must name the packages of every platform: `npm ci` of npm 11 and 12 refuses a lock that was made
 * on one platform and lacks the optional packages of the others ("Missing: @deno/darwin-arm64 from lock file").
 */
import { join } from "node:path";
import { root } from "../migrations/sources.ts";
import type { Problem } from "./problem.ts";

type LockEntry = { version?: string; optionalDependencies?: Record<string, string> };

/** One problem for each platform package that the lock file leaves out. */
export async function checkLockFile(): Promise<Problem[]> {
  const { packages }: { packages: Record<string, LockEntry> } = JSON.parse(
    await Deno.readTextFile(join(root, "package-lock.json")),
  );
  const isThere = (path: string, version: string) => packages[path]?.version === version;
  return Object.entries(packages).flatMap(([owner, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name, version]) =>
        /^\d/.test(version) && /(darwin|linux|win32|windows)/.test(name) &&
        !isThere(`${owner}/node_modules/${name}`, version) && !isThere(`node_modules/${name}`, version)
      )
      .map(([name, version]) => ({
        file: "package-lock.json",
        line: 1,
        message: `lacks ${name}@${version}: run node scripts/lock_platforms.mjs`,
      }))
  );
}
