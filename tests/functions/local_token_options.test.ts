import { deepStrictEqual, throws } from "node:assert";
import { readTokenOptions } from "../../scripts/token/options.ts";

const read = (line: string) => readTokenOptions(line.split(" "));

Deno.test("readTokenOptions() reads each kind of identity", () => {
  const { dataDir: _, ...viewer } = read("--user anna --role vendor_viewer");
  deepStrictEqual(viewer, { userId: "anna", seconds: 900, identity: { role: "vendor_viewer", vendor: "demo" } });
  deepStrictEqual(read("--user anna --role admin --vendor acme").identity, { role: "vendor_admin", vendor: "acme" });
  deepStrictEqual(read("--user boss --role superadmin --expires 3600").seconds, 3600);
  deepStrictEqual(read("--user bot --role client --permissions super_id:generate,super_id:read").identity, {
    role: "client",
    permissions: ["super_id:generate", "super_id:read"],
  });
  deepStrictEqual(read("--user anna --role viewer --data-dir /x/y").dataDir, "/x/y");
});

Deno.test("readTokenOptions() names the flag that is wrong and the remedy, in one line", () => {
  const cases: [string, RegExp][] = [
    ["--role vendor_admin", /^--user is missing: name an Appwrite user id\.$/],
    ["--user a/b --role vendor_admin", /^--user must be 1 to 36 of/],
    ["--user a", /^--role must be vendor_admin, .* or client\.$/],
    ["--user a --role owner", /^--role must be/],
    ["--user a --role client", /^--permissions is missing/],
    ["--user a --role client --permissions x", /^--permissions must be a list such as/],
    ["--user a --role client --permissions super_id:delete", /^--permissions must be a list such as/],
    ["--user a --role superadmin --vendor demo", /^--vendor does not go with --role superadmin\.$/],
    ["--user a --role viewer --vendor Demo!", /^--vendor must be 2 to 63/],
    ["--user a --role viewer --expires 0", /^--expires must be at least 1 second\.$/],
    ["--user a --role viewer --expires 3601", /^--expires must be at most 3600/],
    ["--user a --role viewer --expires 1.5", /^--expires must be a whole number/],
    ["--user a --role viewer --colour red", /^Unknown option '--colour'; --help/],
  ];
  for (const [line, message] of cases) throws(() => read(line), { message }, line);
});
