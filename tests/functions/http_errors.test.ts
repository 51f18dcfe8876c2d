import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { isTransient, toProblem } from "../../functions/_shared/http/errors.ts";
import { safe } from "../../functions/_shared/logger.ts";

const thrown = (code: string, more: Record<string, unknown> = {}) =>
  Object.assign(new Error("key (email)=(kim@example.com)"), { name: "PostgresError", code, ...more });

const cases: [string, number, string][] = [
  ["ECONNREFUSED", 503, "database-unavailable"],
  ["CONNECT_TIMEOUT", 503, "database-unavailable"],
  ["CONNECTION_CLOSED", 503, "database-unavailable"],
  ["57P01", 503, "database-unavailable"],
  ["57P03", 503, "database-unavailable"],
  ["53300", 503, "database-unavailable"],
  ["08006", 503, "database-unavailable"],
  ["25006", 503, "database-unavailable"],
  ["57014", 503, "database-busy"],
  ["40001", 503, "database-busy"],
  ["40P01", 503, "database-busy"],
  ["55P03", 503, "database-busy"],
  ["23505", 409, "already-exists"],
  ["23503", 409, "in-use"],
  ["22P02", 400, "invalid-input"],
  ["22021", 400, "invalid-input"],
  ["42501", 403, "forbidden"],
  ["42883", 500, "internal-error"],
  ["XX000", 500, "internal-error"],
];

for (const [code, status, slug] of cases) {
  Deno.test(`errors: ${code} is answered as ${status} ${slug}, without Postgres' words`, () => {
    const problem = toProblem(thrown(code));
    strictEqual(problem.status, status);
    strictEqual(problem.slug, slug);
    ok(!problem.detail.includes("kim@"));
    strictEqual(problem.headers["Retry-After"] !== undefined, status === 503);
  });
}

Deno.test("errors: one error for each address of a host counts as the first", () => {
  const refused = new AggregateError([thrown("ECONNREFUSED")]);
  strictEqual(toProblem(refused).status, 503);
});

Deno.test("errors: a problem raised in SQL keeps its status, slug, sentence, fields and remedy", () => {
  const problem = toProblem(thrown("PT409", {
    message: "Two vendors.",
    detail: '{"type":"vendor-ambiguous","errors":[{"pointer":"/a","code":"c","detail":"d"}]}',
    hint: "Name one.",
  }));
  strictEqual(problem.status, 409);
  strictEqual(problem.slug, "vendor-ambiguous");
  strictEqual(problem.title, "Which vendor?");
  strictEqual(problem.detail, "Two vendors. Name one.");
  deepStrictEqual(problem.errors, [{ pointer: "/a", code: "c", detail: "d" }]);
});

Deno.test("errors: a raised problem without fields has none, and a broken detail does not break the answer", () => {
  strictEqual(toProblem(thrown("PT404", { detail: '{"type":"not-found","errors":[]}' })).errors, undefined);
  strictEqual(toProblem(thrown("PT404", { detail: "not json" })).status, 404);
});

Deno.test("errors: only passing failures are worth another attempt", () => {
  ok(isTransient(thrown("57P01")) && isTransient(thrown("40001")) && isTransient(thrown("ECONNREFUSED")));
  ok(!isTransient(thrown("23505")) && !isTransient(new Error("x")) && !isTransient(undefined));
});

Deno.test("errors: the log gets no words of Postgres that may quote a row", () => {
  const line = JSON.stringify(safe(thrown("23505", { detail: "kim@example.com", constraint_name: "email_is_unique" })));
  ok(!line.includes("kim@"));
  ok(line.includes("email_is_unique") && line.includes("23505"));
});
