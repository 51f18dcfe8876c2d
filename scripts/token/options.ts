/** The arguments of `npm run token`, read and checked. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { CommandError } from "../_cli/flags.ts";
import { appwriteIdPattern } from "../local/appwrite/users.ts";
import type { IdentityRole } from "../local/identities.ts";
import { root } from "../migrations/sources.ts";

export const help = `npm run token -- --user APPWRITE_ID --role ROLE [FLAGS]

Prints an Appwrite JWT for the running local stack. The local Appwrite user, the vendor and the membership are made
when they are missing. stdout carries the token and nothing else.

  --user ID           the Appwrite user's id
  --role ROLE         vendor_admin, vendor_operator, vendor_viewer, superadmin or client
  --vendor CODE       the vendor of a vendor_* role (demo)
  --permissions LIST  of a client: super_id:generate,super_id:read
  --expires SECONDS   how long the token holds, 1 to 3600 (900)
  --data-dir DIR      the stack's data folder (.odyssey)
  --help              this text`;

/** What was asked for. */
export type TokenOptions = { userId: string; seconds: number; dataDir: string; identity: IdentityRole };

const text = { type: "string" } as const;
const flags = { user: text, role: text, vendor: text, permissions: text, expires: text, "data-dir": text } as const;

/** What a service client can be allowed. */
const permissions = ["super_id:generate", "super_id:read"] as const;

const commonSchema = z.object({
  user: z.string({ error: "is missing: name an Appwrite user id" })
    .regex(appwriteIdPattern, "must be 1 to 36 of A-Z a-z 0-9 . _ - and begin with a letter or digit"),
  expires: z.coerce.number({ error: "must be a whole number of seconds from 1 to 3600" })
    .pipe(
      z.int({ error: "must be a whole number of seconds from 1 to 3600" })
        .min(1, "must be at least 1 second").max(3600, "must be at most 3600 seconds, as in Appwrite"),
    )
    .default(900),
  "data-dir": z.string().min(1, "must name a folder").default(join(root, ".odyssey")),
});

const roleSchema = z.discriminatedUnion("role", [
  z.strictObject({
    role: z.enum(["vendor_admin", "vendor_operator", "vendor_viewer"]),
    vendor: z.string()
      .regex(/^[a-z0-9][a-z0-9_-]{1,62}$/, "must be 2 to 63 of a-z 0-9 _ - and begin with a letter or digit")
      .default("demo"),
  }),
  z.strictObject({ role: z.literal("superadmin") }),
  z.strictObject({
    role: z.literal("client"),
    permissions: z.string({ error: "is missing: name them, such as super_id:generate,super_id:read" })
      .transform((list) => list.split(",").map((each) => each.trim()).filter(Boolean))
      .pipe(
        z.array(z.enum(permissions, { error: "must be a list such as super_id:generate,super_id:read" }))
          .min(1, "must name at least one permission"),
      ),
  }),
], { error: "must be vendor_admin, vendor_operator, vendor_viewer, superadmin or client" });

/** Reads the arguments; a mistake is one line that names the flag and the remedy. */
export function readTokenOptions(args: string[]): TokenOptions {
  const { user, role, vendor, permissions, expires, "data-dir": dataDir } = parseFlags(args);
  const common = check(commonSchema, given({ user, expires, "data-dir": dataDir }));
  // `admin` for `vendor_admin`, as people say it.
  const fullRole = ["admin", "operator", "viewer"].includes(role ?? "") ? `vendor_${role}` : role;
  const identity = check(roleSchema, given({ role: fullRole, vendor, permissions }));
  return { userId: common.user, seconds: common.expires, dataDir: resolve(common["data-dir"]), identity };
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split(/\. |\.?\n/)[0]}; --help lists what there is.`);
  }
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function check<T extends z.ZodType>(schema: T, values: Record<string, string>): z.output<T> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === "unrecognized_keys") {
    throw new CommandError(`--${issue.keys[0]} does not go with --role ${values.role}.`);
  }
  throw new CommandError(`--${String(issue?.path[0])} ${issue?.message}.`);
}
