import type { AuthAdmin } from "./create_user_with_retry.ts";
import { inParallel } from "./in_parallel.ts";

export interface DeleteDeps {
  auth: AuthAdmin;
  /** Ids of synthetic users, the next ones first. */
  find(): Promise<string[]>;
  parallel: number;
  /** Milliseconds after which no further user is begun. */
  budget: number;
}

export interface Deleted {
  deleted: number;
  failed: number;
  /** Whether there are more: time ran out, or some could not be removed. */
  more: boolean;
}

/** Removes synthetic users through the Auth service; their profiles, assignments and check-ins go with them. */
export async function deleteGenerated({ auth, find, parallel, budget }: DeleteDeps): Promise<Deleted> {
  const until = performance.now() + budget;
  const seen = new Set<string>();
  let deleted = 0;
  while (true) {
    const ids = await find();
    if (ids.length === 0) return { deleted, failed: 0, more: false };
    const results = await inParallel(ids, parallel, async (id) => {
      if (performance.now() > until) return null;
      const { error } = await auth.deleteUser(id).catch(() => ({ error: { code: "unreachable" } }));
      // Whom Auth let go and who is there nevertheless would come again and again.
      const isGone = (error === null || error.code === "user_not_found") && !seen.has(id);
      seen.add(id);
      return isGone;
    });
    deleted += results.filter(Boolean).length;
    const failed = results.filter((removed) => removed === false).length;
    if (failed > 0 || performance.now() > until) {
      return { deleted, failed, more: failed > 0 || (await find()).length > 0 };
    }
  }
}
