/**
 * Stands for the admin API of Supabase Auth: users created, listed, read, changed and deleted with the secret key.
 * Leaves out: sign-up, sign-in, sessions, identities, factors, invitations, links; people sign in through Appwrite.
 */
import type { Sql } from "postgres";
import { type CallerDeps, identifyCaller, InvalidCredentials } from "../caller.ts";
import { AuthError, errorOfConflict, errors } from "./errors.ts";
import { deleteUser, describeUser, findUser, insertUser, listUsers, readChanges, updateUser } from "./users.ts";

export type AuthDeps = CallerDeps & {
  sql: Sql;
  /** What bcrypt costs: 10 as hosted; each step less halves the time. */
  passwordCost: number;
};

const prefix = "/auth/v1";

/** Answers requests under `/auth/v1`. */
export function createAuth(deps: AuthDeps) {
  const { sql, passwordCost } = deps;

  async function manageUsers(request: Request, url: URL, id: string | undefined): Promise<Response> {
    const show = async (userId: string) => Response.json(describeUser(await findUser(sql, userId)));
    switch (`${request.method} ${id ? "one" : "all"}`) {
      case "POST all":
        return await show(
          await sql.begin(async (tx) => insertUser(tx as unknown as Sql, await readChanges(request), passwordCost)),
        );
      case "GET all":
        return await list(url);
      case "GET one":
        return await show(id!);
      case "PUT one":
        await updateUser(sql, id!, await readChanges(request), passwordCost);
        return await show(id!);
      case "DELETE one": {
        const body = await request.json().catch(() => ({}));
        await deleteUser(sql, id!, body?.should_soft_delete === true);
        return Response.json({});
      }
      default:
        throw errors.notFound();
    }
  }

  async function list(url: URL): Promise<Response> {
    const page = Math.max(1, Math.trunc(Number(url.searchParams.get("page"))) || 1);
    const perPage = Math.max(1, Math.trunc(Number(url.searchParams.get("per_page"))) || 50);
    const { total, users } = await listUsers(sql, page, perPage);
    const last = Math.max(1, Math.ceil(total / perPage));
    const link = (to: number, rel: string) => `<${prefix}/admin/users?page=${to}&per_page=${perPage}>; rel="${rel}"`;
    const links = [...(page < last ? [link(page + 1, "next")] : []), link(last, "last")];
    return Response.json({ users: users.map(describeUser), aud: "authenticated" }, {
      headers: { "x-total-count": String(total), link: links.join(", ") },
    });
  }

  return {
    async handle(request: Request, url: URL): Promise<Response> {
      try {
        const [area, part, id, ...rest] = url.pathname.slice(prefix.length + 1).split("/").filter(Boolean);
        if (area === "health" && !part) return Response.json({ name: "GoTrue", description: "Local admin subset" });
        if (!request.headers.has("apikey")) return missingKey();
        if (area !== "admin" || part !== "users" || rest.length > 0) throw errors.notFound();
        const { role } = await identifyCaller(request.headers, deps);
        if (role !== "service_role") throw errors.notAdmin();
        return await manageUsers(request, url, id);
      } catch (error) {
        if (error instanceof InvalidCredentials) return Response.json({ message: error.message }, { status: 401 });
        const known = error instanceof AuthError ? error : errorOfConflict(error);
        if (known) return known.toResponse(request.headers);
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The gateway's own answer, before Auth is asked. */
function missingKey(): Response {
  const hint = "No `apikey` request header or url param was found.";
  return Response.json({ message: "No API key found in request", hint }, { status: 401 });
}
