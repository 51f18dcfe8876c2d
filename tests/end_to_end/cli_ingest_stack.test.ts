import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { root } from "../../scripts/migrations/sources.ts";

const dataDir = Deno.env.get("ODYSSEY_TEST_DATA_DIR") ?? "";
const vendor = `cli-${crypto.randomUUID().slice(0, 8)}`;

Deno.test("npm run ingest fills a catalogue of the running stack, and saves the failed rows", async () => {
  const folder = await Deno.makeTempDir({ prefix: "odyssey-ingest-" });
  try {
    const file = join(folder, "bread.csv");
    const errors = join(folder, "errors.csv");
    await Deno.writeTextFile(file, "SKU;Product name;Price\nB-1;Rye bread;3.50\nB-2;Oat bread;4.10\nB-3;;1.00\n");

    const first = await ingest(file, "--errors", errors);
    equal(first.code, 0, first.stderr);
    const { status, totals } = JSON.parse(first.stdout);
    deepEqual([status, totals.rows_read, totals.inserted, totals.rows_failed], ["completed", 3, 2, 1]);
    match(await Deno.readTextFile(errors), /^row_no,field,code,message,raw\r?\n3,name,/);

    const again = await ingest(file);
    equal(again.code, 0, again.stderr);
    equal(JSON.parse(again.stdout).totals.unchanged, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function ingest(file: string, ...flags: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--config", join(root, "deno.json"), join(root, "scripts", "ingest.ts"), file],
      ...["--mode", "products", "--vendor", vendor, "--data-dir", dataDir, "--json", ...flags],
    ],
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
