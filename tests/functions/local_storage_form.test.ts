import { deepStrictEqual, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { parseForm } from "../../scripts/local/storage/form.ts";

/** A form as fetch sends it, read back. */
async function roundTrip(form: FormData) {
  const request = new Request("http://localhost", { method: "POST", body: form });
  return parseForm(new Uint8Array(await request.arrayBuffer()), request.headers.get("content-type")!);
}

Deno.test("parseForm() reads the part without a name, which is how supabase-js sends a file", async () => {
  const form = new FormData();
  form.append("cacheControl", "3600");
  form.append("", new Blob(["a\r\n\r\n--b"], { type: "text/csv" }), "x.csv");
  const parts = (await roundTrip(form)).map(({ content, ...part }) => [part, new TextDecoder().decode(content)]);
  deepStrictEqual(parts, [
    [{ name: "cacheControl", isFile: false, contentType: null }, "3600"],
    [{ name: "", isFile: true, contentType: "text/csv" }, "a\r\n\r\n--b"],
  ]);
});

Deno.test("parseForm() gives back every byte", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array(), async (bytes) => {
    const form = new FormData();
    form.append("", new Blob([new Uint8Array(bytes)]));
    const [part, ...others] = await roundTrip(form);
    deepStrictEqual([part?.content, others], [new Uint8Array(bytes), []]);
  }));
});

Deno.test("parseForm() refuses a form without a boundary", () => {
  throws(() => parseForm(new Uint8Array(), "multipart/form-data"), { code: "InvalidParameter" });
  strictEqual(parseForm(new Uint8Array(), "multipart/form-data; boundary=x").length, 0);
});
