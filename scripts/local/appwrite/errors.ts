/** Errors as Appwrite's REST API shows them: `{ message, code, type, version }`. */

/** The version of Appwrite that the stand-in follows. */
export const appwriteVersion = "1.7.4";

export class AppwriteError extends Error {
  constructor(readonly status: number, readonly type: string, message: string) {
    super(message);
  }

  toResponse(): Response {
    const { message, status: code, type } = this;
    return Response.json({ message, code, type, version: appwriteVersion }, { status: code });
  }
}

/** Every refusal that the stand-in knows, worded as Appwrite words it. */
export const errors = {
  projectNotFound: () =>
    new AppwriteError(
      404,
      "project_not_found",
      "Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to " +
        "ensure the correct project ID is being used.",
    ),
  jwtInvalid: () =>
    new AppwriteError(
      401,
      "user_jwt_invalid",
      "The JWT token is invalid. Please check the value of the X-Appwrite-JWT header to ensure the correct token is " +
        "being used.",
    ),
  missingScope: (role: "guests" | "applications", scope: string) =>
    new AppwriteError(401, "general_unauthorized_scope", `User (role: ${role}) missing scope (${scope})`),
  userBlocked: () =>
    new AppwriteError(
      401,
      "user_blocked",
      "The current user has been blocked. You can unblock the user by making a request to the User API's " +
        '"Update User Status" endpoint or in the Appwrite Console\'s Auth section.',
    ),
  userNotFound: () => new AppwriteError(404, "user_not_found", "User with the requested ID could not be found."),
  invalidArgument: (message: string) => new AppwriteError(400, "general_argument_invalid", message),
  routeNotFound: () =>
    new AppwriteError(
      404,
      "general_route_not_found",
      "The requested route was not found. Please refer to the API docs.",
    ),
};
