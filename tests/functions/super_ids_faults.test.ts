import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { useVerifier } from "../../functions/_shared/auth/authenticate.ts";
import { retry } from "../../functions/_shared/retry.ts";
import { createSuperIds } from "../../functions/super_ids/app.ts";
import { fakeDatabase, setEnvironment, withDatabase, writeToken } from "./testing.ts";

setEnvironment();
const token = writeToken({ typ: "JWT", alg: "HS256" }, {});
const id = "7d0f6c0e-5a5b-4d8e-9f5e-2f6c1f0b9a31";

const failure = (code: string) => Object.assign(new Error("row (secret)"), { name: "PostgresError", code });

/** A database that knows the client and fails the first `failures` attempts to mint. */
function mintingDatabase(code: string, failures: number) {
  let attempts = 0;
  const sql = fakeDatabase((text) => {
    if (text.includes("open_client_request")) {
      const claims = { role: "authenticated", app_role: "client" };
      return [{ opened: { claims, problem: null, limits: [], permissions: ["super_id:generate"] } }];
    }
    if (++attempts <= failures) throw failure(code);
    return [{ body: `{"data": ["${id}"]}`, row_count: 1 }];
  });
  return { sql, attempts: () => attempts };
}

async function mint(code: string, failures: number) {
  const { sql, attempts } = mintingDatabase(code, failures);
  let response = new Response();
  useVerifier(() => Promise.resolve({ subject: "agent", source: "appwrite", expiresAt: Infinity, permissions: [] }));
  await withDatabase(sql, async () => {
    const request = new Request("http://host/super_ids", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
    });
    response = await createSuperIds().fetch(request);
  });
  useVerifier(undefined);
  return { response, body: await response.json(), attempts: attempts() };
}

Deno.test("super ids: a passing failure of the database is tried again", async () => {
  for (const code of ["57P01", "40001", "ECONNRESET"]) {
    const { response, body, attempts } = await mint(code, 2);
    deepStrictEqual([response.status, body, attempts], [201, { super_id: id }, 3]);
  }
});

Deno.test("super ids: while the database is away the answer is 503 with Retry-After", async () => {
  const { response, body, attempts } = await mint("ECONNREFUSED", 99);
  deepStrictEqual([response.status, body.type, attempts], [503, "/problems/database-unavailable", 3]);
  strictEqual(response.headers.get("retry-after"), "2");
});

Deno.test("super ids: a write that fails for good is 500 at once, without internals", async () => {
  const { response, body, attempts } = await mint("XX000", 99);
  deepStrictEqual([response.status, body.type, attempts], [500, "/problems/internal-error", 1]);
  strictEqual(JSON.stringify(body).includes("secret"), false);
});

Deno.test("retry: waits longer each time, and never beyond its attempts", async () => {
  const waits: number[] = [];
  const sleep = (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  await rejects(retry(() => Promise.reject(failure("57P01")), { attempts: 4, wait: 100, sleep }));
  strictEqual(waits.length, 3);
  for (const [at, wait] of waits.entries()) strictEqual(wait >= 50 * 2 ** at && wait <= 100 * 2 ** at, true);
});
