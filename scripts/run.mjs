// Runs `scripts/<name>.ts` with Deno, after installing whatever npm packages are missing.
// Plain JavaScript without dependencies, so that Node alone can start it on a fresh machine.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const needsDevelopmentPackages = !["start", "token", "ingest"].includes(name);
const stampFile = join(root, "node_modules", ".odyssey-installed");

/** What node_modules must have been installed from: the lock file, with or without development packages. */
function wantedStamp(kind) {
  return `${createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex")} ${kind}`;
}

function isInstalled() {
  if (!existsSync(stampFile)) return false;
  const stamp = readFileSync(stampFile, "utf8").trim();
  return stamp === wantedStamp("all") || (!needsDevelopmentPackages && stamp === wantedStamp("runtime"));
}

/** Holds the folder's installation while `work` runs: two at once would delete each other's packages. */
function alone(work) {
  const lockFile = join(tmpdir(), `odyssey-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  while (!take(lockFile)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Whether the lock is ours now; one whose holder was killed is cleared away. */
function take(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    process.kill(Number(readFileSync(lockFile, "utf8")), 0);
  } catch (error) {
    if (error.code === "ESRCH") rmSync(lockFile, { force: true });
  }
  return false;
}

function install() {
  const kind = needsDevelopmentPackages ? "all" : "runtime";
  process.stderr.write("Installing packages (npm ci) ...\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const flags = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(kind === "runtime" ? ["--omit=dev"] : [])];
  const result = spawnSync(npm, flags, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status === 0) return writeFileSync(stampFile, `${wantedStamp(kind)}\n`);
  process.stderr.write("npm ci failed; see the lines above. Is the npm registry reachable?\n");
  process.exitCode = 1;
}

/** The Deno binary itself: the wrapper in `.bin` would leave Deno running when it is killed. */
function denoBinary() {
  const libc = process.platform === "linux" ? "-glibc" : "";
  const require = createRequire(realpathSync(join(root, "package.json")));
  const packageFile = require.resolve(`@deno/${process.platform}-${process.arch}${libc}/package.json`);
  return join(dirname(packageFile), process.platform === "win32" ? "deno.exe" : "deno");
}

if (!name || !existsSync(join(root, "scripts", `${name}.ts`))) {
  process.stderr.write(`Unknown command "${name ?? ""}". The commands stand in package.json under "scripts".\n`);
  process.exit(2);
}
if (!isInstalled()) alone(() => isInstalled() || install());
if (process.exitCode) process.exit();

const deno = spawn(
  denoBinary(),
  [
    "run",
    "--no-prompt",
    "--unstable-no-legacy-abort",
    "-A",
    "--config",
    join(root, "deno.json"),
    join(root, "scripts", `${name}.ts`),
    ...args,
  ],
  { stdio: "inherit", env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", ODYSSEY_LAUNCHER: String(process.pid) } },
);
// Passed on, since whoever signals this process alone means the command. A terminal's Ctrl-C reaches Deno twice then.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => deno.kill(signal));
// npm cannot say goodbye when it is killed outright, but our parent changes then.
const npm = process.env.npm_lifecycle_event ? process.ppid : null;
if (npm !== null) setInterval(() => process.ppid !== npm && deno.kill("SIGTERM"), 1000).unref();
deno.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
