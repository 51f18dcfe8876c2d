import type { UserRole } from "./person.ts";

/** The part of supabase-js' `auth.admin` that is used. */
export interface AuthAdmin {
  createUser(attributes: {
    id: string;
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

/** What making one user, or many, took. */
export interface Tries {
  /** How often another try followed. */
  retries: number;
  /** How often somebody like this existed already. */
  duplicates: number;
  /** How often a user was removed again. */
  compensations: number;
}

export const noTries = (): Tries => ({ retries: 0, duplicates: 0, compensations: 0 });

export interface CreatedUser {
  id: string;
  email: string;
  password: string;
  tries: Tries;
}

/** A user could not be made. `code` is that of the Auth service or the SQLSTATE, else `http_<status>` or `unreachable`. */
export class UserNotCreated extends Error {
  override name = "UserNotCreated";
  constructor(readonly code: string, readonly tries: Tries, options?: ErrorOptions) {
    super(`no user was made: ${code}`, options);
  }
}

/** Codes that say: somebody like this exists already. Never the message, which is written for people and may change. */
const duplicates = new Set(["email_exists", "phone_exists", "user_already_exists", "23505"]);

/**
 * Makes a user of Supabase Auth and their profile. A duplicate is tried again with another address, at most `maxTries`
 * times in all; any other failure ends it at once. Where the profile cannot be written, or no answer says whether the
 * user was made, the user is removed again, so that nobody is left half made.
 *
 * @example
 * ```ts
 * const { id, email } = await createUserWithRetry(draft, { auth: client.auth.admin, insertProfile, maxTries: 3 });
 * ```
 */
export async function createUserWithRetry(draft: UserDraft, deps: CreateUserDeps): Promise<CreatedUser> {
  const tries = noTries();
  while (true) {
    try {
      return { ...await createUser(draft, tries, deps), tries };
    } catch (cause) {
      const code = codeOf(cause);
      if (duplicates.has(code)) tries.duplicates++;
      if (!duplicates.has(code) || tries.retries + 1 >= deps.maxTries) throw new UserNotCreated(code, tries, { cause });
      tries.retries++;
    }
  }
}

async function createUser(draft: UserDraft, tries: Tries, { auth, insertProfile }: CreateUserDeps) {
  const [email, password] = [draft.email(tries.retries), draft.password()];
  // The id is ours, so that a user can be removed whose making was never answered.
  const chosenId = crypto.randomUUID();
  // Should this fail too, the mark in app_metadata finds the user when the run or its deletion ends, and later.
  const removeAgain = async (id: string) => {
    const removed = await auth.deleteUser(id).catch((error) => ({ error }));
    if (!removed.error) tries.compensations++;
  };
  const { data, error } = await auth.createUser({
    id: chosenId,
    email,
    password,
    email_confirm: true,
    app_metadata: draft.appMetadata,
  }).catch((error) => ({ data: { user: null }, error }));
  if (error || !data.user) {
    // A duplicate may be this very user, where the connection broke and the transport sent the call twice.
    if (!isRefusal(error ?? {}) || duplicates.has(codeOf(error))) await removeAgain(chosenId);
    throw error ?? new Error("Auth named no user");
  }
  const { id } = data.user;
  try {
    await insertProfile(id, email);
  } catch (cause) {
    await removeAgain(id);
    throw cause;
  }
  return { id, email, password };
}

function codeOf(error: unknown): string {
  const failure = (error ?? {}) as AuthFailure;
  if (typeof failure.code === "string" && /^\w{1,60}$/.test(failure.code)) return failure.code;
  return isRefusal(failure) ? `http_${failure.status}` : "unreachable";
}

/** Auth understood and said no: there is no user. Any other failure may have come after the user was made. */
function isRefusal({ code, status = 0 }: AuthFailure): boolean {
  return typeof code === "string" || (status >= 400 && status < 500);
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
