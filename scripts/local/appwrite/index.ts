/**
 * Stands for the part of Appwrite that the product touches: `GET /account` with a JWT, and of the server API
 * (X-Appwrite-Key) what a test needs to block a user or end their sessions.
 * Leaves out: sign-up, cookies, teams, OAuth, everything else.
 *
 * A real Appwrite goes on while our database is away. This one shares its server, so then the signature has to do.
 */
import { isTransient } from "../../../functions/_shared/http/errors.ts";
import { AppwriteError, errors } from "./errors.ts";
import { type AppwriteUser, openAppwrite } from "./database.ts";
import { verifyAppwriteJwt } from "./jwt.ts";
import { endSessions, ensureUser, findSignedIn, findUser, setStatus } from "./users.ts";

export type AppwriteDeps = {
  /** The project's database as `postgres`; Appwrite's own lies beside it. */
  databaseUrl: string;
  projectId: string;
  jwtSecret: string;
  /** What a server sends as X-Appwrite-Key. */
  apiKey: string;
};

/** Shorter than the functions wait for Appwrite. */
const patienceMs = 2000;

/** The path of the endpoint on the gateway. */
export const appwritePath = "/appwrite/v1";

/** Answers requests under `/appwrite/v1`. */
export function createAppwrite({ databaseUrl, projectId, jwtSecret, apiKey }: AppwriteDeps) {
  const sql = openAppwrite(databaseUrl);

  async function readAccount(headers: Headers): Promise<Response> {
    const token = headers.get("x-appwrite-jwt");
    if (!token) throw errors.missingScope("guests", "account");
    const { userId, sessionId } = await verifyAppwriteJwt(jwtSecret, token).catch(() => {
      throw errors.jwtInvalid();
    });
    const user = await answerOrNothing(findSignedIn(sql, userId, sessionId));
    if (user === undefined) return Response.json({ $id: userId, status: true });
    if (!user) throw errors.missingScope("guests", "account");
    if (!user.status) throw errors.userBlocked();
    return Response.json(describe(user));
  }

  async function manageUsers(request: Request, [id, part]: string[]): Promise<Response> {
    if (request.headers.get("x-appwrite-key") !== apiKey) throw errors.missingScope("guests", "users.write");
    switch (`${request.method} ${id ? "one" : "all"} ${part ?? ""}`.trim()) {
      case "POST all": {
        const { userId, name, email } = await request.json();
        if (typeof userId !== "string" || !userId) throw errors.invalidArgument("Invalid `userId` param");
        await ensureUser(sql, { id: userId, ...(name ? { name } : {}), ...(email ? { email } : {}) });
        return Response.json(describe((await findUser(sql, userId))!), { status: 201 });
      }
      case "GET one":
        return Response.json(describe(found(await findUser(sql, id!))));
      case "PATCH one status":
        return Response.json(describe(found(await setStatus(sql, id!, (await request.json()).status === true))));
      case "DELETE one sessions":
        found(await findUser(sql, id!));
        await endSessions(sql, id!);
        return new Response(null, { status: 204 });
      default:
        throw errors.routeNotFound();
    }
  }

  return {
    async handle(request: Request, url: URL): Promise<Response> {
      try {
        const [area, ...rest] = url.pathname.slice(appwritePath.length + 1).split("/").map(decodeURIComponent);
        if (request.headers.get("x-appwrite-project") !== projectId) throw errors.projectNotFound();
        if (area === "account" && rest.length === 0 && request.method === "GET") {
          return await readAccount(request.headers);
        }
        if (area === "users") return await manageUsers(request, rest);
        throw errors.routeNotFound();
      } catch (error) {
        if (error instanceof AppwriteError) return error.toResponse();
        throw error;
      }
    },
    close: () => sql.end({ timeout: 1 }),
  };
}

/** What the database says; `undefined` when it cannot be reached, or does not answer in time. */
async function answerOrNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(() => resolve(undefined), patienceMs));
  const known = answer.catch((error) => {
    if (isTransient(error)) return undefined;
    throw error;
  });
  try {
    return await Promise.race([known, late]);
  } finally {
    clearTimeout(timer);
  }
}

function found(user: AppwriteUser | null): AppwriteUser {
  if (!user) throw errors.userNotFound();
  return user;
}

function describe(user: AppwriteUser): Record<string, unknown> {
  const created = user.created_at.toISOString();
  return {
    $id: user.id,
    $createdAt: created,
    $updatedAt: created,
    name: user.name,
    registration: created,
    status: user.status,
    labels: user.labels,
    passwordUpdate: "",
    email: user.email,
    phone: "",
    emailVerification: user.email !== "",
    phoneVerification: false,
    mfa: false,
    prefs: {},
    targets: [],
    accessedAt: created,
  };
}
