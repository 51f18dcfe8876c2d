import { deepStrictEqual, ok } from "node:assert";
import { createClient } from "@supabase/supabase-js";
import { asSuperuser, publishableKey, secretKey, withStorage } from "./storage_stand.ts";

/** The error's Storage status and code, for one comparison. */
function kind(error: unknown): string {
  const { statusCode, code } = (error ?? {}) as { statusCode?: string; code?: string };
  return `${statusCode} ${code}`;
}

Deno.test("storage keeps, lists, copies, moves and removes objects", async () => {
  await withStorage(async ({ service, bucket, sql }) => {
    const files = service.storage.from(bucket);
    const uploaded = await files.upload("a/hello world.txt", "hello", { contentType: "text/plain", upsert: false });
    deepStrictEqual(uploaded.error, null);
    deepStrictEqual(uploaded.data?.fullPath, `${bucket}/a/hello world.txt`);

    const repeated = await files.upload("a/hello world.txt", "again");
    deepStrictEqual(kind(repeated.error), "409 KeyAlreadyExists");
    deepStrictEqual((await files.upload("a/hello world.txt", new Blob(["longer text"]), { upsert: true })).error, null);
    deepStrictEqual(await (await files.download("a/hello world.txt")).data?.text(), "longer text");

    const [row] = await sql`select metadata, version, owner from storage.objects where bucket_id = ${bucket}`;
    deepStrictEqual([row?.metadata.size, row?.metadata.contentLength, row?.metadata.httpStatusCode], [11, 11, 200]);

    deepStrictEqual((await files.copy("a/hello world.txt", "b/copy.txt")).error, null);
    deepStrictEqual((await files.move("b/copy.txt", "b/moved.txt")).error, null);
    deepStrictEqual(await (await files.download("b/moved.txt")).data?.text(), "longer text");
    deepStrictEqual((await files.list()).data?.map(({ name, id }) => [name, id]), [["a", null], ["b", null]]);
    const inFolder = (await files.list("b")).data;
    deepStrictEqual(inFolder?.map(({ name, metadata }) => [name, metadata?.size]), [["moved.txt", 11]]);
    deepStrictEqual((await files.exists("b/moved.txt")).data, true);
    deepStrictEqual((await files.exists("b/copy.txt")).data, false);
    deepStrictEqual((await files.info("b/moved.txt")).data?.size, 11);
    deepStrictEqual((await files.remove(["b/moved.txt", "none"])).data?.map(({ name }) => name), ["b/moved.txt"]);
    deepStrictEqual(kind((await files.info("b/moved.txt")).error), "404 NoSuchKey");
  });
});

Deno.test("storage holds to a bucket's limits", async () => {
  await withStorage(async ({ service, bucket }) => {
    const limits = { public: false, fileSizeLimit: "1KB", allowedMimeTypes: ["text/*"] };
    deepStrictEqual((await service.storage.updateBucket(bucket, limits)).error, null);
    const files = service.storage.from(bucket);
    const large = await files.upload("large", new Uint8Array(1025), { contentType: "text/plain" });
    deepStrictEqual(kind(large.error), "413 EntityTooLarge");
    deepStrictEqual(
      kind((await files.upload("image", "x", { contentType: "image/png" })).error),
      "415 InvalidMimeType",
    );
    deepStrictEqual(kind((await files.upload("bad\u0001name", "x")).error), "400 InvalidKey");
    deepStrictEqual((await files.upload("fits", new Uint8Array(1024), { contentType: "text/plain" })).error, null);
    deepStrictEqual(kind((await service.storage.deleteBucket(bucket)).error), "409 ResourceNotEmpty");
    deepStrictEqual((await service.storage.emptyBucket(bucket)).error, null);
    deepStrictEqual(kind((await service.storage.from("no-such-bucket").upload("x", "x")).error), "404 NoSuchBucket");
  });
});

Deno.test("signed URLs download with ranges and conditions", async () => {
  await withStorage(async ({ service, bucket, url }) => {
    const files = service.storage.from(bucket);
    await files.upload("errors.csv", "0123456789", { contentType: "text/csv" });
    const { data } = await files.createSignedUrl("errors.csv", 60, { download: "my errors.csv" });
    const signed = data!.signedUrl;
    ok(signed.startsWith(`${url}/storage/v1/object/sign/`), signed);
    const get = (headers: Record<string, string>, method = "GET") => fetch(signed, { headers, method });

    const whole = await get({});
    const etag = whole.headers.get("etag")!;
    deepStrictEqual(await whole.text(), "0123456789");
    deepStrictEqual(whole.headers.get("content-disposition"), "attachment; filename*=UTF-8''my%20errors.csv");
    const cases: [Record<string, string>, number, string, string | null][] = [
      [{ range: "bytes=2-4" }, 206, "234", "bytes 2-4/10"],
      [{ range: "bytes=7-" }, 206, "789", "bytes 7-9/10"],
      [{ range: "bytes=-3" }, 206, "789", "bytes 7-9/10"],
      [{ range: "bytes=8-99" }, 206, "89", "bytes 8-9/10"],
      [{ range: "bytes=2-4", "if-range": etag }, 206, "234", "bytes 2-4/10"],
      [{ range: "bytes=2-4", "if-range": '"other"' }, 200, "0123456789", null],
      [{ "if-none-match": etag }, 304, "", null],
    ];
    for (const [headers, status, text, contentRange] of cases) {
      const response = await get(headers);
      deepStrictEqual([response.status, await response.text()], [status, text], JSON.stringify(headers));
      deepStrictEqual(response.headers.get("content-range"), contentRange);
    }
    const beyond = await get({ range: "bytes=10-" });
    deepStrictEqual([beyond.status, beyond.headers.get("content-range")], [416, "bytes */10"]);
    deepStrictEqual((await beyond.json()).error, "invalid_range");
    const head = await get({}, "HEAD");
    deepStrictEqual([head.status, head.headers.get("content-length"), await head.text()], [200, "10", ""]);

    const many = await files.createSignedUrls(["errors.csv", "missing"], 60);
    deepStrictEqual(many.data?.map((entry) => entry.error === null), [true, false]);
    const forged = await fetch(signed.replace("errors.csv?", "other.csv?"));
    deepStrictEqual([forged.status, (await forged.json()).code], [400, "SignatureDoesNotMatch"]);
  });
});

Deno.test("a signed upload token writes its own object and nothing else", async () => {
  await withStorage(async ({ service, bucket, url }) => {
    const guest = createClient(url, publishableKey).storage.from(bucket);
    const { data } = await service.storage.from(bucket).createSignedUploadUrl("in/file.csv");
    const elsewhere = await guest.uploadToSignedUrl("in/other.csv", data!.token, "a,b");
    deepStrictEqual(kind(elsewhere.error), "403 SignatureDoesNotMatch");
    deepStrictEqual((await guest.uploadToSignedUrl("in/file.csv", data!.token, "a,b")).error, null);
    deepStrictEqual(
      kind((await guest.uploadToSignedUrl("in/file.csv", data!.token, "c")).error),
      "409 KeyAlreadyExists",
    );
    deepStrictEqual(
      kind((await service.storage.from(bucket).createSignedUploadUrl("in/file.csv")).error),
      "409 KeyAlreadyExists",
    );
    const download = await service.storage.from(bucket).createSignedUrl("in/file.csv", 60);
    const token = new URL(download.data!.signedUrl).searchParams.get("token")!;
    deepStrictEqual(
      kind((await guest.uploadToSignedUrl("in/file.csv", token, "c")).error),
      "403 SignatureDoesNotMatch",
    );
  });
});

Deno.test("callers other than the service go through the policies", async () => {
  await withStorage(async ({ service, bucket, as, sql, url }) => {
    await service.storage.from(bucket).upload("v1/secret", "x");
    const guest = createClient(url, publishableKey);
    deepStrictEqual(kind((await guest.storage.from(bucket).download("v1/secret")).error), "404 NoSuchKey");
    deepStrictEqual(kind((await guest.storage.from(bucket).upload("y", "y")).error), "403 AccessDenied");
    const stranger = createClient(url, "sb_secret_guessed");
    deepStrictEqual(kind((await stranger.storage.listBuckets()).error), "403 AccessDenied");

    const policy = `"${bucket} members write their folder"`;
    const admin = asSuperuser();
    await admin.unsafe(`create policy ${policy} on storage.objects to authenticated using
      (bucket_id = '${bucket}' and (storage.foldername(name))[1] = auth.jwt() ->> 'vendor_id')`);
    try {
      const sub = crypto.randomUUID();
      const member = as({ role: "authenticated", sub, vendor_id: "v1" }).storage.from(bucket);
      deepStrictEqual((await member.upload("v1/mine", "mine")).error, null);
      deepStrictEqual(kind((await member.upload("v2/theirs", "x")).error), "403 AccessDenied");
      deepStrictEqual(await (await member.download("v1/mine")).data?.text(), "mine");
      const [row] =
        await sql`select owner, owner_id from storage.objects where name = 'v1/mine' and bucket_id = ${bucket}`;
      deepStrictEqual([row?.owner, row?.owner_id], [sub, sub]);
      const outsider = as({ role: "authenticated", sub, vendor_id: "v2" }).storage.from(bucket);
      deepStrictEqual((await outsider.list("v1")).data, []);
      ok((await outsider.download("v1/mine")).error);
    } finally {
      await admin.unsafe(`drop policy ${policy} on storage.objects`);
      await admin.end();
    }
  });
});

Deno.test("large objects stream without filling memory", async () => {
  await withStorage(async ({ service, bucket, url }) => {
    const chunk = new Uint8Array(1 << 20);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => sent++ < 192 ? controller.enqueue(chunk) : controller.close(),
    });
    const before = Deno.memoryUsage().rss;
    const response = await fetch(`${url}/storage/v1/object/${bucket}/large`, {
      method: "POST",
      headers: { apikey: secretKey, "content-type": "application/octet-stream" },
      body,
    });
    deepStrictEqual(response.status, 200, await response.text());
    const { data } = await service.storage.from(bucket).createSignedUrl("large", 60);
    let received = 0;
    for await (const part of (await fetch(data!.signedUrl)).body!) received += part.byteLength;
    deepStrictEqual(received, 192 << 20);
    const grown = (Deno.memoryUsage().rss - before) >> 20;
    ok(grown < 140, `memory grew by ${grown} MiB for 192 MiB`);
  });
});
