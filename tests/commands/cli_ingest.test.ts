import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { root } from "../../scripts/migrations/sources.ts";
import { type IngestStand, type StandBehaviour, startIngestStand } from "./ingest_stand.ts";

type Run = { code: number; stdout: string; stderr: string };
type Bench = { stand: IngestStand; folder: string; file: string; start(...args: string[]): Deno.ChildProcess };

Deno.test("uploads, follows the job and prints what came of it", async () => {
  await withBench({}, async (bench) => {
    const { code, stdout } = await ended(bench.start("--mode", "products"));
    equal(code, 0);
    match(stdout, /upload 100%/);
    match(stdout, /job 100%/);
    match(stdout, /completed in .*: 10 rows read, 9 inserted, 0 updated, 0 unchanged, 1 failed/);
    match(stdout, /errors\.csv: http/);
    ok(!stdout.includes("\x1b"), "no terminal codes in a pipe");
    deepEqual([...bench.stand.received.values()], [await sizeOf(bench.file)]);
  });
});

Deno.test("--json leaves stdout to the job alone", async () => {
  await withBench({}, async (bench) => {
    const { code, stdout, stderr } = await ended(bench.start("--mode", "products", "--json"));
    equal(code, 0);
    equal(JSON.parse(stdout).status, "completed");
    match(stderr, /upload 100%/);
  });
});

Deno.test("goes on by itself when pieces break off, and waits out a rate limit", async () => {
  await withBench({ drops: 3, refusals: 1 }, async (bench) => {
    const { code, stdout } = await ended(bench.start("--mode", "products"));
    equal(code, 0, stdout);
    equal(bench.stand.behaviour.drops, 0, "three pieces broke off");
    equal(bench.stand.jobs.length, 1);
  });
});

Deno.test("a second run goes on with the upload of an interrupted one", async () => {
  await withBench({}, async (bench) => {
    const first = bench.start("--mode", "products");
    await arrival(bench.stand, 7_000_000);
    first.kill("SIGKILL");
    await first.status;
    await Promise.all([first.stdout.cancel(), first.stderr.cancel()]);
    const { code, stdout } = await ended(bench.start("--mode", "products"));
    equal(code, 0, stdout);
    match(stdout, /Going on with the upload of job/);
    equal(bench.stand.jobs.length, 1, "no second job was made");
    const third = await ended(bench.start("--mode", "products"));
    equal(third.code, 0);
    equal(bench.stand.jobs.length, 2, "a finished upload is not gone on with");
  });
});

Deno.test("an upload that the server forgot begins anew, with a new job where the old one takes no other", async () => {
  for (const once of [false, true]) {
    await withBench({ drops: 99, once }, async (bench) => {
      const first = bench.start("--mode", "products");
      await arrival(bench.stand, 1_000_000);
      first.kill("SIGKILL");
      await first.status;
      await Promise.all([first.stdout.cancel(), first.stderr.cancel()]);
      bench.stand.received.clear();
      bench.stand.behaviour.drops = 0;
      const { code, stdout } = await ended(bench.start("--mode", "products"));
      equal(code, 0, stdout);
      equal(bench.stand.jobs.length, once ? 2 : 1);
    });
  }
});

Deno.test("ends with 1 and the reason when the job failed", async () => {
  await withBench({ outcome: "failed" }, async (bench) => {
    const { code, stdout } = await ended(bench.start("--mode", "products"));
    equal(code, 1);
    match(stdout, /failed in .*\nreason: No column holds external_id\./);
  });
});

Deno.test("names the problem when the API refuses", async () => {
  await withBench({}, async (bench) => {
    const { code, stderr } = await ended(bench.start("--mode", "customers"));
    equal(code, 1);
    match(stderr, /403 Needs vendor_operator\./);
  });
});

Deno.test("ends with 2 and one line when called wrongly", async () => {
  await withBench({}, async ({ file, folder }) => {
    const cases: [string[], RegExp][] = [
      [[file], /--mode must be products or customers/],
      [[file, "--mode", "food"], /not food/],
      [["--mode", "products"], /Name one file/],
      [[join(folder, "none.csv"), "--mode", "products"], /no such file/],
      [[folder, "--mode", "products"], /is not a file/],
      [[file, "--mode", "products", "--colour"], /Unknown option '--colour'/],
      [[file, "--mode", "products", "--url", "http://127.0.0.1:1"], /needs --token/],
    ];
    for (const [args, reason] of cases) {
      const { code, stdout, stderr } = await ended(run([...args, "--data-dir", folder]));
      equal(code, 2, args.join(" "));
      equal(stdout, "");
      match(stderr, reason);
      ok(!stderr.includes("    at "), "no stack trace");
    }
  });
});

async function withBench(behaviour: StandBehaviour, body: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "odyssey-ingest-" });
  const file = join(folder, "products.csv");
  await Deno.writeTextFile(file, "code,name\n".padEnd(16_000_000, "1,bread\n"));
  await Deno.writeTextFile(join(folder, "env"), "");
  const stand = startIngestStand(behaviour);
  try {
    const start = (...args: string[]) => run([file, ...args, "--url", stand.url, "--token", "t", "--data-dir", folder]);
    await body({ stand, folder, file, start });
  } finally {
    await stand.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

function run(args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", join(root, "deno.json"), join(root, "scripts", "ingest.ts"), ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

/** Waits until so many bytes of the first upload are there. */
async function arrival({ received }: IngestStand, bytes: number): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (([...received.values()][0] ?? 0) >= bytes) return;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`less than ${bytes} bytes arrived in 10 s`);
}

async function ended(child: Deno.ChildProcess): Promise<Run> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function sizeOf(file: string): Promise<number> {
  return (await Deno.stat(file)).size;
}
