import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { Buffer } from "node:buffer";
import { type DetailedError, Upload, type UploadOptions } from "tus-js-client";
import { asSuperuser, publishableKey, secretKey, type StorageStand, withStorage } from "./storage_stand.ts";

const chunkSize = 256 * 1024;
const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(65536)).toString().repeat(5)).subarray(
  0,
  5 * chunkSize + 17,
);

type Signed = { headers: Record<string, string>; metadata: Record<string, string> };

async function sign({ service, bucket }: StorageStand, name: string, upsert = false): Promise<Signed> {
  const { data, error } = await service.storage.from(bucket).createSignedUploadUrl(name, { upsert });
  if (error) throw error;
  const metadata = { bucketName: bucket, objectName: name, contentType: "text/csv", cacheControl: "3600" };
  return { headers: { apikey: publishableKey, "x-signature": data.token }, metadata };
}

/** Starts an upload with a stock client; `done` settles with its URL. */
function upload(stand: StorageStand, signed: Signed, options: Partial<UploadOptions> = {}) {
  const settled = Promise.withResolvers<string>();
  const client: Upload = new Upload(bytes, {
    endpoint: `${stand.url}/storage/v1/upload/resumable/sign`,
    ...signed,
    chunkSize,
    retryDelays: [],
    onError: settled.reject,
    onSuccess: () => settled.resolve(client.url!),
    ...options,
  });
  client.start();
  return { client, done: settled.promise };
}

/** Uploads until `chunks` have been accepted, then drops the connection. Returns the upload's URL. */
async function uploadPart(
  stand: StorageStand,
  signed: Signed,
  chunks: number,
  options: Partial<UploadOptions> = {},
): Promise<string> {
  const stopped = Promise.withResolvers<string>();
  const { client, done } = upload(stand, signed, {
    ...options,
    onChunkComplete: (_, accepted) => {
      if (accepted >= chunks * chunkSize) client.abort().then(() => stopped.resolve(client.url!));
    },
  });
  return await Promise.race([stopped.promise, done]);
}

/** Status and Storage's code of a refused upload. */
async function refusal(done: Promise<string>): Promise<string> {
  const error: DetailedError = await done.then(() => Promise.reject(new Error("was accepted")), (error) => error);
  const response = error.originalResponse;
  if (!response) throw error;
  return `${response.getStatus()} ${JSON.parse(response.getBody()).code}`;
}

const rowsOf = ({ sql, bucket }: StorageStand) =>
  sql`select id, name, version, metadata from storage.objects where bucket_id = ${bucket}`;

Deno.test("an upload survives a lost connection and a restart of the server", async () => {
  await withStorage(async (stand) => {
    const signed = await sign(stand, "v/j/upload");
    const uploadUrl = await uploadPart(stand, signed, 2);
    ok(uploadUrl.startsWith(`${stand.url}/storage/v1/upload/resumable/sign/`), uploadUrl);
    strictEqual((await rowsOf(stand)).length, 0);
    await stand.restart();
    const offsets: number[] = [];
    const { done } = upload(stand, signed, { uploadUrl, onProgress: (sent) => offsets.push(sent) });
    await done;
    ok(offsets[0]! >= 2 * chunkSize, `resumed at ${offsets[0]}`);
    const [row, ...more] = await rowsOf(stand);
    deepStrictEqual(more, []);
    deepStrictEqual([row?.metadata.size, row?.metadata.mimetype, row?.metadata.cacheControl], [
      bytes.length,
      "text/csv",
      "max-age=3600",
    ]);
    const stored = await stand.service.storage.from(stand.bucket).download("v/j/upload");
    deepStrictEqual(Buffer.from(await stored.data!.arrayBuffer()).equals(bytes), true);
  });
});

Deno.test("an upload whose row could not be written becomes one object later", async () => {
  await withStorage(async (stand) => {
    const { bucket } = stand;
    const admin = asSuperuser();
    const signed = await sign(stand, "whole");
    const trigger = bucket.replace("-", "_");
    await admin.unsafe(`create function public.${trigger}() returns trigger language plpgsql as $$
      begin raise exception 'the database is unwell'; end $$;
      create trigger ${trigger} before insert on storage.objects for each row
      when (new.bucket_id = '${bucket}' and new.metadata ->> 'size' <> '0') execute function public.${trigger}();`);
    const uploadUrl = await uploadPart(stand, signed, 2);
    try {
      strictEqual(await refusal(upload(stand, signed, { uploadUrl }).done), "500 DatabaseError");
      strictEqual((await rowsOf(stand)).length, 0);
    } finally {
      await admin.unsafe(`drop trigger ${trigger} on storage.objects; drop function public.${trigger}();`);
      await admin.end();
    }
    await stand.restart();
    await upload(stand, signed, { uploadUrl }).done;
    const [first] = await rowsOf(stand);
    await upload(stand, signed, { uploadUrl }).done;
    const rows = await rowsOf(stand);
    deepStrictEqual([rows.length, rows[0]?.id, rows[0]?.metadata], [1, first?.id, first?.metadata]);
  });
});

Deno.test("refusals come in Storage's shape with tus's statuses", async () => {
  await withStorage(async (stand) => {
    const signed = await sign(stand, "taken");
    const withHeaders = (headers: Record<string, string>) => upload(stand, { ...signed, headers }).done;
    strictEqual(await refusal(withHeaders({})), "400 InvalidSignature");
    strictEqual(await refusal(withHeaders({ "x-signature": "e30.e30.e30" })), "403 SignatureDoesNotMatch");
    const elsewhere = { ...signed, metadata: { ...signed.metadata, objectName: "other" } };
    strictEqual(await refusal(upload(stand, elsewhere).done), "403 SignatureDoesNotMatch");

    const url = await upload(stand, signed).done;
    strictEqual(await refusal(upload(stand, signed).done), "409 KeyAlreadyExists");
    const finished = await fetch(url, { method: "DELETE", headers: { ...signed.headers, "tus-resumable": "1.0.0" } });
    deepStrictEqual([finished.status, (await finished.json()).error], [400, "TusError"]);

    await upload(stand, await sign(stand, "taken", true)).done;
    strictEqual((await rowsOf(stand)).length, 1);
    await stand.service.storage.updateBucket(stand.bucket, { public: false, fileSizeLimit: chunkSize });
    strictEqual(await refusal(upload(stand, await sign(stand, "large")).done), "413 EntityTooLarge");
    const missing = { ...signed, metadata: { ...signed.metadata, bucketName: "nowhere" } };
    strictEqual(await refusal(upload(stand, missing).done), "404 NoSuchBucket");
  });
});

Deno.test("a key or a token uploads without a signature; policies and owners decide", async () => {
  await withStorage(async (stand) => {
    const endpoint = `${stand.url}/storage/v1/upload/resumable`;
    const { metadata } = await sign(stand, "by-key");
    const service = { authorization: `Bearer ${secretKey}` };
    const url = await uploadPart(stand, { headers: service, metadata }, 1, { endpoint });
    const guest = await fetch(url, { method: "HEAD", headers: { apikey: publishableKey, "tus-resumable": "1.0.0" } });
    strictEqual(guest.status, 404);
    const terminated = await fetch(url, { method: "DELETE", headers: { ...service, "tus-resumable": "1.0.0" } });
    strictEqual(terminated.status, 204);
    const again = await fetch(url, { method: "HEAD", headers: { ...service, "tus-resumable": "1.0.0" } });
    strictEqual(again.status, 404);
    await upload(stand, { headers: service, metadata }, { endpoint }).done;
    strictEqual((await rowsOf(stand)).length, 1);
    const anonymous = { headers: { apikey: publishableKey }, metadata: { ...metadata, objectName: "x" } };
    strictEqual(await refusal(upload(stand, anonymous, { endpoint }).done), "403 AccessDenied");
  });
});

Deno.test("a second writer takes the upload over; bytes are never mixed", async () => {
  await withStorage(async (stand) => {
    const signed = await sign(stand, "contested");
    const uploadUrl = await uploadPart(stand, signed, 1);
    // A half-open connection: it announces a chunk and never sends all of it.
    const stalled = new AbortController();
    const patch = (body: BodyInit, offset: number, length: number, signal?: AbortSignal) =>
      fetch(uploadUrl, {
        method: "PATCH",
        headers: {
          ...signed.headers,
          "tus-resumable": "1.0.0",
          "upload-offset": String(offset),
          "content-type": "application/offset+octet-stream",
          "content-length": String(length),
        },
        body,
        ...(signal ? { signal } : {}),
      });
    const half = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(bytes.subarray(chunkSize, chunkSize + 1000))),
    });
    const hanging = patch(half, chunkSize, chunkSize, stalled.signal).then((r) => r.body?.cancel(), () => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    await upload(stand, signed, { uploadUrl }).done;
    stalled.abort();
    await hanging;
    const stored = await stand.service.storage.from(stand.bucket).download("contested");
    strictEqual(Buffer.from(await stored.data!.arrayBuffer()).equals(bytes), true);
  });
});

Deno.test("the address of an upload is the one a proxy in front announces", async () => {
  await withStorage(async (stand) => {
    const { headers } = await sign(stand, "proxied");
    const response = await fetch(`${stand.url}/storage/v1/upload/resumable/sign`, {
      method: "POST",
      headers: {
        ...headers,
        "tus-resumable": "1.0.0",
        "upload-length": "10",
        "upload-metadata": `bucketName ${btoa(stand.bucket)},objectName ${btoa("proxied")}`,
        "x-forwarded-host": "files.example.com",
        "x-forwarded-proto": "https",
      },
    });
    await response.body?.cancel();
    ok(response.headers.get("upload-expires"));
    ok(response.headers.get("location")?.startsWith("https://files.example.com/storage/v1/upload/resumable/sign/"));
  });
});
