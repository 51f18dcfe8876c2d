import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import {
  type AuthAdmin,
  createPassword,
  createUserWithRetry,
  noTries,
  UserNotCreated,
} from "../../functions/_shared/synthetic/create_user_with_retry.ts";
import { deleteGenerated } from "../../functions/_shared/synthetic/delete_generated.ts";
import { inParallel } from "../../functions/_shared/synthetic/in_parallel.ts";

type Answer = { code?: string; status?: number } | "lost" | null;

/** An Auth service that answers creations by `answers` (null: made), one after the other, and knows who is there. */
function fakeAuth(answers: Answer[], deletion: Answer = null) {
  const there = new Set<string>();
  const emails: string[] = [];
  const auth: AuthAdmin = {
    createUser({ id, email }) {
      emails.push(email);
      const answer = answers.shift() ?? null;
      if (answer === "lost") return Promise.reject(new TypeError("fetch failed: duplicate unique"));
      if (answer) return Promise.resolve({ data: { user: null }, error: answer });
      there.add(id);
      return Promise.resolve({ data: { user: { id } }, error: null });
    },
    deleteUser(id) {
      if (deletion === "lost") return Promise.reject(new TypeError("fetch failed"));
      const gone = !deletion && !there.delete(id) ? { code: "user_not_found", status: 404 } : null;
      return Promise.resolve({ error: deletion ?? gone });
    },
  };
  return { auth, there, emails };
}

const sqlFailure = (code: string) => Object.assign(new Error("duplicate key value violates unique"), { code });

function create(answers: Answer[], profileFailures: (string | null)[] = [], maxTries = 3) {
  const fake = fakeAuth(answers);
  const made = createUserWithRetry({
    role: "patient",
    email: (attempt) => `ann.${attempt}@example.com`,
    password: () => "secret",
    appMetadata: {},
  }, {
    auth: fake.auth,
    maxTries,
    insertProfile() {
      const code = profileFailures.shift();
      return code ? Promise.reject(sqlFailure(code)) : Promise.resolve();
    },
  });
  return { made, ...fake };
}

const failsWith = (code: string, retries: number) => (error: unknown) =>
  error instanceof UserNotCreated && error.code === code && error.tries.retries === retries;

Deno.test("createUserWithRetry() makes a user at the first try", async () => {
  const { made, emails, there } = create([]);
  const { id, ...others } = await made;
  deepStrictEqual(others, { email: "ann.0@example.com", password: "secret", tries: noTries() });
  deepStrictEqual([...there], [id]);
  deepStrictEqual([emails.length, there.size], [1, 1]);
});

Deno.test("createUserWithRetry() tries another address when one is taken", async () => {
  const { made, there } = create([{ code: "email_exists", status: 422 }, { code: "user_already_exists" }]);
  deepStrictEqual([(await made).email, (await made).tries, there.size], ["ann.2@example.com", {
    retries: 2,
    duplicates: 2,
    compensations: 0,
  }, 1]);
});

Deno.test("createUserWithRetry() gives up after as many tries as the setting says", async () => {
  for (const maxTries of [1, 3, 5]) {
    const { made, emails, there } = create(Array(9).fill({ code: "email_exists" }), [], maxTries);
    await rejects(made, failsWith("email_exists", maxTries - 1));
    deepStrictEqual([emails.length, there.size], [maxTries, 0]);
  }
});

Deno.test("createUserWithRetry() ends at once on any other failure, whatever its message says", async () => {
  for (const code of ["weak_password", "validation_failed", "over_request_rate_limit", "not_admin"]) {
    const { made, emails } = create([{ code, message: "duplicate unique" } as Answer]);
    await rejects(made, failsWith(code, 0));
    strictEqual(emails.length, 1);
  }
  const { made, emails } = create(["lost"]);
  await rejects(made, failsWith("unreachable", 0));
  strictEqual(emails.length, 1);
});

Deno.test("createUserWithRetry() tries again when the profile is a duplicate, and leaves no half user", async () => {
  const { made, there } = create([], ["23505"]);
  const { id, tries } = await made;
  deepStrictEqual([...there], [id]);
  deepStrictEqual(tries, { retries: 1, duplicates: 1, compensations: 1 });
});

Deno.test("createUserWithRetry() removes the user whose profile cannot be written", async () => {
  const { made, there, emails } = create([], ["53300"]);
  await rejects(made, failsWith("53300", 0));
  deepStrictEqual([emails.length, there.size], [1, 0]);
});

Deno.test("createUserWithRetry() tells the first failure when the removal fails too", async () => {
  for (const deletion of ["lost", { code: "unexpected_failure" }] as const) {
    const { auth } = fakeAuth([], deletion);
    const made = createUserWithRetry(
      { role: "patient", email: () => "a@example.com", password: () => "secret", appMetadata: {} },
      { auth, maxTries: 3, insertProfile: () => Promise.reject(sqlFailure("57P01")) },
    );
    await rejects(made, failsWith("57P01", 0));
  }
});

Deno.test("createPassword() is long, of every kind, and never the same", () => {
  const passwords = Array.from({ length: 200 }, createPassword);
  for (const password of passwords) {
    match(password, /^[A-Za-z0-9_-]{20}$/);
    ok(/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password));
  }
  strictEqual(new Set(passwords).size, 200);
});

Deno.test("inParallel() keeps order, does each item once, and never more than allowed at once", async () => {
  let now = 0;
  let most = 0;
  const results = await inParallel(Array.from({ length: 50 }, (_, at) => at), 8, async (item) => {
    most = Math.max(most, ++now);
    await new Promise((done) => setTimeout(done, Math.random() * 3));
    now--;
    return item * 2;
  });
  deepStrictEqual(results, Array.from({ length: 50 }, (_, at) => at * 2));
  strictEqual(most, 8);
  deepStrictEqual(await inParallel([], 8, () => Promise.resolve(1)), []);
});

Deno.test("deleteGenerated() goes on to the end, counts who is gone already, and stops where nothing moves", async () => {
  const batches = [["a", "b"], ["c"], []];
  const gone = fakeAuth([], { code: "user_not_found", status: 404 });
  const options = { parallel: 2, budget: 10_000 };
  deepStrictEqual(
    await deleteGenerated({ auth: gone.auth, find: () => Promise.resolve(batches.shift()!), ...options }),
    { deleted: 3, failed: 0, more: false },
  );
  // Auth says that they are gone, and yet they are found again.
  deepStrictEqual(
    await deleteGenerated({ auth: gone.auth, find: () => Promise.resolve(["a", "b"]), ...options }),
    { deleted: 2, failed: 2, more: true },
  );
  const broken = fakeAuth([], "lost");
  deepStrictEqual(
    await deleteGenerated({ auth: broken.auth, find: () => Promise.resolve(["a", "b"]), ...options }),
    { deleted: 0, failed: 2, more: true },
  );
  deepStrictEqual(
    await deleteGenerated({ auth: gone.auth, find: () => Promise.resolve(["a"]), parallel: 2, budget: -1 }),
    { deleted: 0, failed: 0, more: true },
  );
});
