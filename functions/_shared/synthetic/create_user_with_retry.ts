import type { UserRole } from "./person.ts";

/** The part of supabase-js' `auth.admin` that is used. */
export interface AuthAdmin {
  createUser(attributes: {
    email: string;
    password: string;
    email_confirm: boolean;
    app_metadata: Record<string, unknown>;
  }): Promise<{ data: { user: { id: string } | null }; error: AuthFailure | null }>;
  deleteUser(id: string): Promise<{ error: AuthFailure | null }>;
}

interface AuthFailure {
  code?: string | undefined;
  status?: number | undefined;
}

/** Who is to be made: `email(attempt)` differs from attempt to attempt. */
export interface UserDraft {
  role: UserRole;
  email(attempt: number): string;
  password(): string;
  appMetadata: Record<string, unknown>;
}

export interface CreateUserDeps {
  auth: AuthAdmin;
  /** Writes the profile; a duplicate is thrown with SQLSTATE 23505. */
  insertProfile(id: string, email: string): Promise<void>;
  maxTries: number;
}

export interface CreatedUser {
  id: string;
  email: string;
  password: string;
  retries: number;
}

/** A user could not be made. `code` is that of the Auth service or the SQLSTATE, else `unreachable`. */
export class UserNotCreated extends Error {
  override name = "UserNotCreated";
  constructor(readonly code: string, readonly retries: number, options?: ErrorOptions) {
    super(`no user was made: ${code}`, options);
  }
}

/** Codes that say: somebody like this exists already. Never the message, which is written for people and may change. */
const duplicates = new Set(["email_exists", "phone_exists", "user_already_exists", "23505"]);

/**
 * Makes a user of Supabase Auth and their profile. A duplicate is tried again with another address, at most `maxTries`
 * times in all; any other failure ends it at once. Where the profile cannot be written the user is removed again, so
 * that nobody is left half made.
 *
 * @example
 * ```ts
 * const { id, email } = await createUserWithRetry(draft, { auth: client.auth.admin, insertProfile, maxTries: 3 });
 * ```
 */
export async function createUserWithRetry(draft: UserDraft, deps: CreateUserDeps): Promise<CreatedUser> {
  for (let attempt = 0;; attempt++) {
    try {
      return { ...await createUser(draft, attempt, deps), retries: attempt };
    } catch (cause) {
      const code = codeOf(cause);
      if (attempt + 1 < deps.maxTries && duplicates.has(code)) continue;
      throw new UserNotCreated(code, attempt, { cause });
    }
  }
}

async function createUser(draft: UserDraft, attempt: number, { auth, insertProfile }: CreateUserDeps) {
  const [email, password] = [draft.email(attempt), draft.password()];
  const { data, error } = await auth.createUser({
    email,
    password,
    email_confirm: true,
    app_metadata: draft.appMetadata,
  });
  if (error) throw error;
  if (!data.user) throw new Error("Auth named no user");
  const { id } = data.user;
  try {
    await insertProfile(id, email);
  } catch (cause) {
    // Should this fail too, the mark in app_metadata finds the user when the run or its deletion ends.
    await auth.deleteUser(id).catch(() => {});
    throw cause;
  }
  return { id, email, password };
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as AuthFailure;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : "unreachable";
}

/** Twenty characters nobody can guess, of every kind that a password rule may ask for. */
export function createPassword(): string {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_";
  // 236 is the largest multiple of the alphabet's length in a byte: taking more would favour its beginning.
  const limit = 256 - 256 % alphabet.length;
  let password = "";
  while (password.length < 20) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < limit && password.length < 20) password += alphabet[byte % alphabet.length];
    }
  }
  return /[A-Z]/.test(password) && /[a-z]/.test(password) && /\d/.test(password) ? password : createPassword();
}
