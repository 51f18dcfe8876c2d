import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { Buffer } from "node:buffer";
import { createClient } from "@supabase/supabase-js";
import { Upload } from "tus-js-client";

const url = Deno.env.get("SUPABASE_URL")!;
const service = createClient(url, Deno.env.get("SUPABASE_SECRET_KEY")!);
const guest = createClient(url, Deno.env.get("SUPABASE_PUBLISHABLE_KEY")!);

Deno.test("through the stack's gateway a signed upload of several chunks can be read back in parts", async () => {
  const bucket = `gateway-${crypto.randomUUID().slice(0, 8)}`;
  strictEqual((await service.storage.createBucket(bucket)).error, null);
  try {
    const bytes = Buffer.alloc(13 * 1024 * 1024, "id,name\n1,Oats\n");
    const { data } = await service.storage.from(bucket).createSignedUploadUrl("a/upload");
    await new Promise<void>((resolve, reject) => {
      new Upload(bytes, {
        endpoint: `${url}/storage/v1/upload/resumable/sign`,
        headers: { "x-signature": data!.token },
        metadata: { bucketName: bucket, objectName: "a/upload", contentType: "text/csv" },
        chunkSize: 6 * 1024 * 1024,
        retryDelays: [],
        onError: reject,
        onSuccess: () => resolve(),
      }).start();
    });
    const signed = await service.storage.from(bucket).createSignedUrl("a/upload", 60);
    ok(signed.data!.signedUrl.startsWith(`${url}/storage/v1/object/sign/${bucket}/`));
    const part = await fetch(signed.data!.signedUrl, { headers: { range: "bytes=8-13" } });
    deepStrictEqual([part.status, await part.text()], [206, "1,Oats"]);
    strictEqual(part.headers.get("content-range"), `bytes 8-13/${bytes.length}`);
    ok((await guest.storage.from(bucket).download("a/upload")).error);
  } finally {
    await service.storage.emptyBucket(bucket);
    await service.storage.deleteBucket(bucket);
  }
});

Deno.test("through the stack's gateway PostgREST answers the keys and refuses others", async () => {
  const missing = await service.rpc("no_such_function_at_all");
  deepStrictEqual([missing.status, missing.error?.code], [404, "PGRST202"]);
  const stranger = await createClient(url, "sb_secret_guessed").from("vendors").select();
  strictEqual(stranger.status, 401);
  const forged = createClient(url, Deno.env.get("SUPABASE_PUBLISHABLE_KEY")!, {
    accessToken: () => Promise.resolve("eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0."),
  });
  const refused = await forged.from("vendors").select();
  deepStrictEqual([refused.status, refused.error?.code], [401, "PGRST301"]);
});
