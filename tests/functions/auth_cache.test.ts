import { rejects, strictEqual } from "node:assert";
import { cachedVerifier } from "../../functions/_shared/auth/cache.ts";
import type { Identity } from "../../functions/_shared/auth/identity.ts";

function counting(expiresAt: number) {
  let calls = 0;
  const identity: Identity = { subject: "kim", source: "appwrite", expiresAt, permissions: [] };
  const verify = () => {
    calls++;
    return Promise.resolve(identity);
  };
  return { verify, calls: () => calls };
}

Deno.test("cache: a proven token is not proven again for a minute", async () => {
  let now = 1000;
  const { verify, calls } = counting(5000);
  const cached = cachedVerifier(verify, () => now);
  await cached("a");
  now += 59;
  await cached("a");
  strictEqual(calls(), 1);
  now += 2;
  await cached("a");
  strictEqual(calls(), 2);
});

Deno.test("cache: never past the token's own end", async () => {
  let now = 1000;
  const { verify, calls } = counting(1010);
  const cached = cachedVerifier(verify, () => now);
  await cached("a");
  now = 1010;
  await cached("a");
  strictEqual(calls(), 2);
});

Deno.test("cache: requests at the same time share one check; other tokens do not", async () => {
  const { verify, calls } = counting(5000);
  const cached = cachedVerifier(verify, () => 1000);
  await Promise.all([cached("a"), cached("a"), cached("a"), cached("b")]);
  strictEqual(calls(), 2);
});

Deno.test("cache: a refusal is not remembered", async () => {
  let calls = 0;
  const cached = cachedVerifier(() => {
    calls++;
    return Promise.reject(new Error("no"));
  });
  await rejects(cached("a"));
  await rejects(cached("a"));
  strictEqual(calls, 2);
});
