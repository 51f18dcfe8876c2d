/** A backup is one only when it has been restored: a small rehearsal of what `npm run recovery:rehearse` does. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { tmpdir } from "node:os";
import { rehearse } from "../../scripts/recovery/rehearse.ts";

/** Processes are killed here, not the machine. */
const settings = { fsync: "off" };
const before = new Set([...Deno.readDirSync(tmpdir())].map(({ name }) => name));

Deno.test("recovery: after everything is deleted and the server dies, the moment before comes back", async () => {
  const result = await rehearse({ rounds: 2, archiveSeconds: 1, settings, log: () => {} });
  deepEqual(result.restored, result.expected);
  ok(result.expected.products >= 200 && result.expected.sealed > 0, JSON.stringify(result.expected));
  deepEqual([result.chain.valid, result.chain.checked], [true, result.expected.sealed + 1]);
  ok(result.rpoSeconds < 30, `${result.rpoSeconds} s of changes were lost`);
  console.log(`RPO ${result.rpoSeconds.toFixed(1)} s, RTO ${result.rtoSeconds.toFixed(1)} s`);
});

Deno.test("recovery: an interrupted rehearsal leaves nothing behind", async () => {
  const interrupted = new AbortController();
  const said: string[] = [];
  const log = (line: string) => {
    said.push(line);
    interrupted.abort(new Error("enough"));
  };
  await rejects(rehearse({ rounds: 1, archiveSeconds: 1, settings, log, signal: interrupted.signal }), /enough/);
  equal(said.length, 1);
  const left = [...Deno.readDirSync(tmpdir())].filter(({ name }) => name.startsWith("odyssey-recovery-"));
  deepEqual(left.filter(({ name }) => !before.has(name)), []);
});
