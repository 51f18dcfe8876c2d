/** Errors as Supabase Auth shows them, in the form the client's API version asks for. */

export class AuthError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }

  /** Clients of API version 2024-01-01 read `code` as the name; older ones `error_code`, with the status as `code`. */
  toResponse(headers: Headers): Response {
    const { status, code, message } = this;
    const version = headers.get("x-supabase-api-version");
    if (version && version >= "2024-01-01") {
      return Response.json({ code, message }, { status, headers: { "x-supabase-api-version": "2024-01-01" } });
    }
    return Response.json({ code: status, error_code: code, msg: message }, { status });
  }
}

/** Every refusal that the stand-in knows, worded as Supabase Auth words it. */
export const errors = {
  notAdmin: () => new AuthError(403, "not_admin", "User not allowed"),
  badJson: () => new AuthError(400, "bad_json", "Could not parse request body as JSON"),
  validation: (message: string) => new AuthError(400, "validation_failed", message),
  userNotFound: () => new AuthError(404, "user_not_found", "User not found"),
  notFound: () => new AuthError(404, "not_found", "404 page not found"),
  emailExists: () => new AuthError(422, "email_exists", "A user with this email address has already been registered"),
  phoneExists: () => new AuthError(422, "phone_exists", "A user with this phone number has already been registered"),
  idExists: () => new AuthError(422, "conflict", "A user with this id has already been registered"),
  weakPassword: () => new AuthError(422, "weak_password", "Password should be at least 6 characters."),
};

/** What a unique violation on auth.users means. */
export function errorOfConflict(error: unknown): AuthError | null {
  const { code, constraint_name } = error as { code?: string; constraint_name?: string };
  if (code !== "23505") return null;
  if (constraint_name?.includes("email")) return errors.emailExists();
  return constraint_name?.includes("phone") ? errors.phoneExists() : errors.idExists();
}
