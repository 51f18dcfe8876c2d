// Completes package-lock.json after `npm install`: names the optional platform packages that the registry of this
// machine does not offer, so that `npm ci` works on every platform and does not report "Missing: ... from lock file".
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const packages = lock.packages;

/** What a package name says of the platform it is for: `@deno/linux-arm64-glibc` -> linux, arm64, glibc. */
function platformOf(name) {
  const os = { darwin: "darwin", linux: "linux", windows: "win32", win32: "win32" };
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const found = words.find((word) => word in os);
  const cpu = words.find((word) => ["x64", "arm64", "arm", "ia32", "ppc64"].includes(word));
  const libc = words.find((word) => ["glibc", "musl"].includes(word));
  return {
    ...(found ? { os: [os[found]] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  };
}

let added = 0;
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d/.test(version) || !/(darwin|linux|win32|windows)/.test(name)) continue;
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (packages[nested]?.version === version || packages[hoisted]?.version === version) continue;
    const place = packages[hoisted] && packages[hoisted].version !== version ? nested : hoisted;
    packages[place] = {
      version,
      ...platformOf(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platform packages added to package-lock.json`);
