import { deepStrictEqual, rejects } from "node:assert";
import { SignedTokens } from "../../scripts/local/storage/tokens.ts";

const tokens = new SignedTokens("a secret of at least thirty-two bytes");

Deno.test("verify() returns what sign() permitted", async () => {
  const permission = { use: "upload", path: "ingest/v/j/upload", upsert: true, owner: "someone" } as const;
  deepStrictEqual(await tokens.verify(await tokens.sign(permission, 60), "upload", permission.path), permission);
});

Deno.test("verify() refuses another path, another use, another key and an expired token", async () => {
  const path = "ingest/v/j/upload";
  const download = await tokens.sign({ use: "download", path }, 60);
  const wrong = { code: "SignatureDoesNotMatch", status: 403 };
  await rejects(tokens.verify(download, "download", "ingest/v/j/other"), wrong);
  await rejects(tokens.verify(download, "upload", path), wrong);
  await rejects(tokens.verify("", "download", path), wrong);
  const foreign = await new SignedTokens("another secret of thirty-two bytes").sign({ use: "download", path }, 60);
  await rejects(tokens.verify(foreign, "download", path), wrong);
  const expired = await tokens.sign({ use: "download", path }, -1);
  await rejects(tokens.verify(expired, "download", path), { code: "ExpiredToken", status: 400 });
});
